// A box that says something, as the panels of a notebook do: a symbol, a heading, lines; those that
// begin with four blanks are set in columns.
import { said } from "./engine.mjs";

const EVIDENCE = "    ";

export function element(name, className, ...inside) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

export function fill(box, tone, symbol, heading, text) {
  const sign = element("span", "mlp-symbol", symbol);
  sign.ariaHidden = "true";
  const head = element("p", "", sign, " ", element("strong", "mlp-heading", heading));
  box.className = `mlp-outcome mlp-${tone}`;
  box.replaceChildren(head, ...lines(text));
  for (const columns of box.querySelectorAll("pre")) {
    if (columns.scrollWidth > columns.clientWidth) columns.tabIndex = 0; // to be scrolled by keys
  }
}

function lines(text) {
  const groups = [];
  for (const line of text.split("\n")) {
    const isEvidence = line.startsWith(EVIDENCE);
    if (groups.at(-1)?.isEvidence !== isEvidence) groups.push({ isEvidence, lines: [] });
    groups.at(-1).lines.push(line);
  }
  return groups.map(({ isEvidence, lines: group }) =>
    isEvidence
      ? element("pre", "mlp-evidence", group.join("\n"))
      : element("p", "", ...group.flatMap((line) => [element("br"), line]).slice(1))
  );
}

export function verdict(name) {
  return said(`status.${name}`);
}
