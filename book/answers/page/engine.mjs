// What judges answers, as far as a page's boxes ask for it: its tables, its words, its questions.

export const engine = () => globalThis.mlpAnswers;

// A number with four digits, for a picture.
export const numberText = (value) => engine().numberText(Number(value.toPrecision(4)));

export function said(key, parts = {}) {
  const { filled, tables } = engine();
  return filled(tables.words[key], parts);
}

// The question with the key "softmax.a".
export function questionOf(key) {
  const [name, id] = key.split(".");
  return engine().sets[name].find((question) => question.id === id);
}
