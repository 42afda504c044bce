// Arrays of numbers as {shape, values}: values lie row by row.

// Of exported nested lists, in which infinities and NaN are texts.
export function arrayOf(nested, read = floatOf) {
  const shape = [];
  for (let part = nested; Array.isArray(part); [part] = part) shape.push(part.length);
  return { shape, values: [nested].flat(Infinity).map(read) };
}

export function floatOf(exported) {
  return typeof exported === "string" ? Number(exported.replace("inf", "Infinity")) : exported;
}

export function nestedOf({ shape, values }) {
  if (!shape.length) return values[0];
  const [count, ...inner] = shape;
  const size = inner.reduce((product, n) => product * n, 1);
  return Array.from({ length: count }, (_, i) =>
    nestedOf({ shape: inner, values: values.slice(i * size, (i + 1) * size) })
  );
}

// The values of the array whose axes stand in the opposite order.
export const axesReversed = (shape, values) =>
  values.map((_, index) => {
    let place = 0;
    for (const size of shape) {
      place = place * size + (index % size);
      index = Math.floor(index / size);
    }
    return values[place];
  });

export const sameShape = (one, other) => one.shape.join() === other.shape.join();

// The index of the entry at a place, as it is typed: [1, 2], and [()] of a single number.
export function entryText({ shape }, place) {
  const index = [];
  for (const size of [...shape].reverse()) {
    index.unshift(place % size);
    place = Math.floor(place / size);
  }
  return `[${index.join(", ") || "()"}]`;
}
