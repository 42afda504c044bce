// What a reader types for pictures: a function for the bench, or a graph of their own.
import { Told, bench } from "./bench.mjs";
import { engine, said } from "./engine.mjs";
import { unreadText } from "./graph.mjs";
import { ownGraph } from "./ownGraph.mjs";
import { fill } from "./told.mjs";

export class Own {
  constructor(form) {
    this.form = form;
    this.output = form.querySelector("output");
  }

  check() {
    const [first, second] = this.form.querySelectorAll("input, textarea");
    try {
      const drawn = second ? bench(first.value, second.value) : ownGraph(first.value);
      this.output.className = "";
      this.output.replaceChildren(...drawn);
      for (const table of this.output.querySelectorAll(".mlp-own-table")) {
        if (table.scrollWidth > table.clientWidth) table.tabIndex = 0; // to be scrolled by keys
      }
    } catch (problem) {
      const text = problem instanceof Told ? said(problem.key, problem.parts) : unread(problem, first);
      fill(this.output, "unread", engine().tables.symbols.unread, said("status.unread"), text);
    }
  }
}

// Why a text is no formula and no graph, in a sentence; what else goes wrong is our mistake.
function unread(problem, field) {
  const text = unreadText(problem, field.value, field.name, ["x"]);
  if (text === null) throw problem;
  return text;
}
