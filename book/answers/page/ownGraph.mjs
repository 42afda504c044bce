// A reader's own small graph: values forward, slopes on the edges, charges backward.
import { colour, letters, picture, shape } from "./drawing.mjs";
import { numberText, said } from "./engine.mjs";
import { graphOf } from "./graph.mjs";
import { element } from "./told.mjs";

// What is shown of the graph that a text describes; throws what is none.
export function ownGraph(text) {
  const steps = graphOf(text);
  return [graphPicture(steps), tableOf(steps), element("p", "", conclusion(steps))];
}

function conclusion(steps) {
  const leaf = steps.find((step) => !step.sources.length && step.charge) ?? steps[0];
  return said("graph.conclusion", {
    last: steps.at(-1).name,
    leaf: leaf.name,
    slope: numberText(leaf.charge),
    change: numberText(leaf.charge * 0.001),
  });
}

function tableOf(steps) {
  const table = element("table");
  const last = steps.at(-1).name;
  const row = (kind, cells) =>
    table.append(element("tr", "", ...cells.map((text) => element(kind, "", text))));
  row("th", ["graph.made", "graph.value", "graph.charge", "graph.sent"].map((key) => said(key)));
  for (const step of steps) {
    const sent = step.sources.map(
      (source, k) =>
        `${source}: ${numberText(step.slopes[k])} · ${numberText(step.charge)} = ${numberText(step.sent[k].amount)}`
    );
    row("td", [
      `${step.name} = ${step.made}`,
      numberText(step.value),
      `∂${last}/∂${step.name} = ${numberText(step.charge)}`,
      sent.join("\n"),
    ]);
  }
  return element("div", "mlp-own-table", table);
}

// Boxes in rows, each one row below all that it is made of; the slope stands on the edge.
function graphPicture(steps) {
  const rows = [];
  const places = {};
  for (const step of steps) {
    step.row = Math.max(-1, ...step.sources.map((source) => places[source].row)) + 1;
    places[step.name] = step;
    (rows[step.row] ??= []).push(step);
  }
  const width = 110 * Math.max(3, ...rows.map((row) => row.length));
  for (const row of rows) {
    row.forEach((step, k) => {
      step.x = (width * (k + 0.5)) / row.length + (row.length === 1 && step.row % 2 ? 18 : 0);
      step.y = 34 + 96 * step.row;
    });
  }
  const edges = [];
  const boxes = [];
  for (const step of steps) {
    step.sources.forEach((source, k) => {
      const from = places[source];
      const [x1, y1, x2, y2] = [from.x, from.y + 22, step.x, step.y - 22];
      // An edge that passes a row goes round it, on the side where it is.
      const side = step.row - from.row > 1 ? (x1 + x2 < width ? -1 : 1) : 0;
      const bend = Math.min(Math.max((x1 + x2) / 2 + side * 130, 0), width);
      const d = `M${x1} ${y1}Q${side ? bend : (x1 + x2) / 2} ${(y1 + y2) / 2} ${x2} ${y2}`;
      edges.push(shape("path", { d, fill: "none", stroke: "currentColor", opacity: 0.5 }));
      const t = side ? 0.5 : 0.62;
      const middle = side ? bend : (x1 + x2) / 2;
      const x = (1 - t) ** 2 * x1 + 2 * t * (1 - t) * middle + t ** 2 * x2;
      const y = (1 - t) * y1 + t * y2 + 4;
      const halo = { stroke: colour("paper"), "stroke-width": 5, "paint-order": "stroke" };
      edges.push(letters(numberText(step.slopes[k]), x, y, halo));
    });
    const box = { x: step.x - 48, y: step.y - 22, width: 96, height: 44, rx: 6 };
    boxes.push(shape("rect", { ...box, fill: colour("paper"), stroke: "currentColor" }));
    const value = `${step.name} = ${numberText(step.value)}`;
    boxes.push(letters(value, step.x, step.y - 4, { fill: colour("blue-text") }));
    const charge = { fill: colour("vermilion-text") };
    boxes.push(letters(`← ${numberText(step.charge)}`, step.x, step.y + 14, charge));
  }
  const alt = said("graph.alt", { count: steps.length, last: steps.at(-1).name });
  return picture(width, 96 * rows.length - 28, alt, ...edges, ...boxes);
}
