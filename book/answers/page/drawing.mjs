// Small pictures in the page's own colours: axes, curves, points, bars, boxes.
import { engine } from "./engine.mjs";

const SVG = "http://www.w3.org/2000/svg";

export const colour = (name) => `var(--mlp-${name})`;

export function shape(name, attributes = {}, ...inside) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

export function picture(width, height, alt, ...inside) {
  const title = shape("title", {}, alt);
  const drawn = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" }, title, ...inside);
  drawn.classList.add("mlp-picture");
  drawn.style.width = `${width}px`;
  return drawn;
}

export function letters(text, x, y, attributes = {}) {
  const shown = { "font-size": 12, "text-anchor": "middle", fill: "currentColor", ...attributes };
  return shape("text", { x, y, ...shown }, text);
}

// A frame with linear axes: `across` and `up` put numbers into places; `ticks` are [at, text].
export class Axes {
  constructor({ left = 44, top = 26, width = 250, height = 170, x, y, xTicks, yTicks, title }) {
    Object.assign(this, { left, top, width, height, x, y });
    this.parts = [letters(title, left + width / 2, 14, { "font-weight": 600 })];
    for (const [at, text] of xTicks) this.tick(this.across(at), top + height, 0, 4, text, 0, 17);
    for (const [at, text] of yTicks) this.tick(left, this.up(at), -4, 0, text, -8, 4, "end");
    this.line([[left, top + height], [left + width, top + height]], "currentColor", { place: true });
    this.line([[left, top], [left, top + height]], "currentColor", { place: true });
  }

  across(at) {
    return this.left + (this.width * (at - this.x[0])) / (this.x[1] - this.x[0]);
  }

  up(at) {
    return this.top + this.height * (1 - (at - this.y[0]) / (this.y[1] - this.y[0]));
  }

  tick(x, y, dx, dy, text, tx, ty, anchor = "middle") {
    const mark = { x1: x, y1: y, x2: x + dx, y2: y + dy, stroke: "currentColor" };
    this.parts.push(shape("line", mark));
    this.parts.push(letters(engine().trueMinus(text), x + tx, y + ty, { "text-anchor": anchor }));
  }

  // A curve through points; it is broken where one is no number or lies outside.
  line(points, stroke, { dash = "", place = false, thick = 1 } = {}) {
    let path = "";
    let pen = "M";
    for (const [a, b] of points) {
      const inside = place || (b >= this.y[0] && b <= this.y[1]);
      const [x, y] = place ? [a, b] : [this.across(a), this.up(b)];
      if (inside) path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
      pen = inside ? "L" : "M";
    }
    this.parts.push(
      shape("path", { d: path, fill: "none", stroke, "stroke-width": thick, "stroke-dasharray": dash })
    );
  }

  point(x, y, fill) {
    this.parts.push(shape("circle", { cx: this.across(x), cy: this.up(y), r: 4.5, fill }));
  }

  bar(at, from, to, wide, fill) {
    const [low, high] = [this.up(from), this.up(to)].sort((a, b) => b - a);
    const box = { x: this.across(at - wide / 2), y: high, height: low - high, fill };
    this.parts.push(shape("rect", { ...box, width: (this.width * wide) / (this.x[1] - this.x[0]) }));
  }

  named(text, x, y, fill, anchor = "start") {
    this.parts.push(letters(text, x, y, { fill, "text-anchor": anchor }));
  }

  drawn(alt) {
    const [width, height] = [this.left + this.width + 16, this.top + this.height + 26];
    return picture(width, height, alt, ...this.parts);
  }
}

// Round numbers that lie in a range, four to eight of them.
export function roundNumbers(low, high) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((times) => times * power >= rough) * power;
  const numbers = [];
  for (let at = Math.ceil(low / step); at * step <= high * (1 + 1e-9); at += 1) {
    numbers.push([at * step, String(Number((at * step).toPrecision(6)))]);
  }
  return numbers;
}

export const RAISED = (power) =>
  `10${[...String(power)].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("")}`;
