// The bench: a reader's own function, its slope, the error of differences, and ten layers of it.
import { Axes, RAISED, colour, roundNumbers } from "./drawing.mjs";
import { numberText, said } from "./engine.mjs";
import { compiled, derivative, formulas, workedOut } from "./plain.mjs";
import { element } from "./told.mjs";

const REACH = 6;
const LAYERS = 10;
const UNITS = 50;
const STEPS = Array.from({ length: 61 }, (_, index) => -15 + index / 4);

// What is drawn for the formula g at a place; throws what cannot be.
export function bench(formula, place) {
  const node = workedOut(formulas.parseFormula(formula, ["x"]));
  const at = place.trim() ? Number(place.replace(",", ".").replace("−", "-")) : NaN;
  if (!(Math.abs(at) <= REACH)) throw new Told("bench.place", { reach: REACH, got: place });
  const value = compiled(node);
  const slope = compiled(derivative(node, "x"));
  const g = (x) => value({ x });
  const dg = (x) => slope({ x });
  if (!Number.isFinite(g(at)) || !Number.isFinite(dg(at))) {
    throw new Told("bench.undefined", { x: numberText(at) });
  }
  return [curves(g, dg, at), differences(g, dg(at), at), layers(g, dg)];
}

// Something that is said instead of a picture.
export class Told {
  constructor(key, parts) {
    Object.assign(this, { key, parts });
  }
}

function curves(g, dg, at) {
  const places = Array.from({ length: 481 }, (_, index) => -REACH + (index * REACH) / 240);
  const [values, slopes] = [places.map(g), places.map(dg)];
  const seen = [...values, ...slopes].filter((y) => Math.abs(y) <= REACH);
  const [low, high] = [Math.min(0, ...seen) - 0.3, Math.max(1, ...seen) + 0.3];
  const axes = new Axes({
    x: [-REACH, REACH],
    y: [low, high],
    xTicks: roundNumbers(-REACH, REACH),
    yTicks: roundNumbers(low, high),
    title: "g, g′",
  });
  axes.line(places.map((x, i) => [x, values[i]]), colour("blue"), { thick: 2 });
  axes.line(places.map((x, i) => [x, slopes[i]]), colour("vermilion"), { thick: 2, dash: "6 4" });
  axes.point(at, g(at), colour("blue"));
  axes.point(at, dg(at), colour("vermilion"));
  const steepest = places.reduce((best, x) => (Math.abs(dg(x)) > Math.abs(dg(best)) ? x : best), at);
  const parts = {
    x: numberText(at),
    value: numberText(g(at)),
    slope: numberText(dg(at)),
    most: numberText(dg(steepest)),
    where: numberText(steepest),
  };
  return withWords(axes, "bench.curves", parts);
}

// How far two quotients lie from the slope, relative to it: powers of ten of the step and of that.
export function errorsOfDifferences(g, slope, at) {
  const scale = Math.max(Math.abs(slope), 1e-300);
  const error = (quotient) => (power) => {
    const off = Math.abs(quotient(10 ** power) - slope) / scale;
    return [power, Number.isFinite(off) ? Math.log10(Math.max(off, 1e-16)) : NaN];
  };
  return [
    STEPS.map(error((h) => (g(at + h) - g(at)) / h)),
    STEPS.map(error((h) => (g(at + h) - g(at - h)) / (2 * h))),
  ];
}

function differences(g, slope, at) {
  const [forward, central] = errorsOfDifferences(g, slope, at);
  const powers = [-15, -12, -9, -6, -3, 0];
  const axes = new Axes({
    x: [-15, 0],
    y: [-16, 1],
    xTicks: powers.map((power) => [power, RAISED(power)]),
    yTicks: powers.map((power) => [power, RAISED(power)]),
    title: said("bench.error"),
  });
  axes.line(forward, colour("vermilion"), { thick: 2, dash: "6 4" });
  axes.line(central, colour("blue"), { thick: 2 });
  const best = (line) => line.reduce((a, b) => (b[1] < a[1] ? b : a));
  const parts = {};
  for (const [name, line] of [["forward", forward], ["central", central]]) {
    const [step, off] = best(line.filter(([, y]) => !Number.isNaN(y)));
    parts[`${name}_step`] = RAISED(Math.round(step));
    parts[`${name}_error`] = off <= -16 ? "0" : RAISED(Math.round(off));
  }
  return withWords(axes, "bench.differences", parts);
}

// What is left of the length of a gradient behind each layer, on its way back through layers of
// random weights of variance 1/units.
export function gradientLeft(g, dg) {
  const normal = normals(7);
  const row = () => Array.from({ length: UNITS }, normal);
  const weights = Array.from({ length: LAYERS }, () =>
    Array.from({ length: UNITS }, () => row().map((w) => w / Math.sqrt(UNITS)))
  );
  let inputs = row();
  const slopes = weights.map((matrix) => {
    const received = matrix.map((line) => line.reduce((sum, w, j) => sum + w * inputs[j], 0));
    inputs = received.map(g);
    return received.map(dg);
  });
  let charge = row();
  const length = (vector) => Math.hypot(...vector);
  const whole = length(charge);
  const left = [1];
  for (let layer = LAYERS - 1; layer >= 0; layer -= 1) {
    const local = charge.map((c, i) => c * slopes[layer][i]);
    charge = Array.from({ length: UNITS }, (_, j) =>
      local.reduce((sum, c, i) => sum + c * weights[layer][i][j], 0)
    );
    left.push(length(charge) / whole);
  }
  return left;
}

function layers(g, dg) {
  const left = gradientLeft(g, dg);
  const logs = left.map((part) => Math.log10(part)).filter(Number.isFinite);
  const [low, high] = [Math.floor(Math.min(-1, ...logs)), Math.ceil(Math.max(1, ...logs))];
  const step = Math.ceil((high - low) / 6);
  const yTicks = [];
  for (let power = low; power <= high; power += step) yTicks.push([power, RAISED(power)]);
  const axes = new Axes({
    x: [-0.6, LAYERS + 0.6],
    y: [low, high],
    xTicks: [0, 2, 4, 6, 8, 10].map((layer) => [layer, String(layer)]),
    yTicks,
    title: said("bench.layers_title"),
  });
  left.forEach((part, layer) => {
    const log = Math.log10(part);
    if (Number.isFinite(log)) axes.bar(layer, low, log, 0.7, colour(layer ? "vermilion" : "blue"));
  });
  const rest = left.at(-1);
  const key = Number.isFinite(rest) ? "bench.layers" : "bench.layers_lost";
  return withWords(axes, key, { layers: LAYERS, units: UNITS, left: numberText(rest) });
}

function withWords(axes, key, parts) {
  const words = said(key, parts);
  return element("div", "mlp-own-part", axes.drawn(words), element("p", "", words));
}

// Standard normal numbers, the same for each reader: mulberry32, then Box and Muller.
function normals(seed) {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
