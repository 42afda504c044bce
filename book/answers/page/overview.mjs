// How far a reader has come with the questions of a page, what to come back to, and the text in
// which that is taken along and brought in.
import { engine, said } from "./engine.mjs";
import { bringIn, recordOf, records, reviewOf, troubles } from "./kept.mjs";
import { fromText, toText } from "./record.mjs";
import { daysFrom, isDue, today } from "./spacing.mjs";
import { element, verdict } from "./told.mjs";

const FILE = "my-progress.json";

export class Overview {
  constructor(section) {
    this.section = section;
    this.news = this.find(".mlp-news");
    this.links = [...section.querySelectorAll("[data-of]")];
    this.titles = new Map(this.links.map((link) => [link, link.title]));
    section.addEventListener("click", ({ target }) => this[target.dataset.do]?.());
    this.find("[type=file]").addEventListener("change", ({ target }) => this.read(target));
    this.update();
  }

  find(selector) {
    return this.section.querySelector(selector);
  }

  update() {
    const day = today();
    const open = [];
    const due = [];
    const waiting = new Map();
    let right = 0;
    let copied = 0;
    for (const link of this.links) {
      const { best, seen } = recordOf(link.dataset.of);
      const review = reviewOf(link.dataset.of);
      const again = isDue(review, day);
      right += best === "right";
      copied += best === "right" && seen;
      if (again) due.push(link);
      else if (best !== "right" && best !== "not-attempted") open.push(link);
      else if (review.day) waiting.set(review.day, [...(waiting.get(review.day) ?? []), link]);
      this.show(link, best, again);
    }
    const parts = { right, count: this.links.length, found: right - copied };
    const isDone = right === this.links.length;
    const some = copied ? "answering.found" : "answering.counts";
    this.find(".mlp-counts").textContent = said(isDone ? "answering.done" : some, parts);
    const [next] = [...waiting.keys()].sort();
    const lines = [];
    if (open.length) lines.push(this.sentence("answering.open", open));
    if (due.length) lines.push(this.sentence("answering.due", due));
    if (next) {
      const days = daysFrom(day, next);
      lines.push(this.sentence(days === 1 ? "answering.tomorrow" : "answering.later", waiting.get(next), days));
    }
    const told = [...troubles].map((trouble) => [said(trouble)]);
    this.find(".mlp-again").replaceChildren(
      ...[...lines, ...told].flatMap((line) => [...line, " "])
    );
  }

  // A sentence in whose place for the questions stand their links.
  sentence(key, links, days) {
    const [before, behind] = said(key, { questions: "\0", days }).split("\0");
    const named = links.flatMap((link) => {
      const copy = element("a", "", link.dataset.of.split(".")[1]);
      copy.href = link.hash;
      copy.title = this.titles.get(link);
      return [", ", copy];
    });
    return [before, ...named.slice(1), behind];
  }

  show(link, best, again) {
    const { symbols } = engine().tables;
    const isBlank = best === "not-attempted";
    link.querySelector(".mlp-symbol").textContent = again ? "↻" : isBlank ? "" : symbols[best];
    link.dataset.best = again ? "again" : best;
    const title = this.titles.get(link);
    const id = link.dataset.of.split(".")[1];
    link.ariaLabel = `${id}, ${title}: ${verdict(best)}`;
  }

  tell(key, parts) {
    this.news.textContent = said(key, parts);
  }

  copy() {
    const done = navigator.clipboard?.writeText(toText(records())) ?? Promise.reject();
    done.then(
      () => this.tell("answering.copied"),
      () => this.tell("answering.uncopied")
    );
  }

  download() {
    const link = element("a");
    link.href = URL.createObjectURL(new Blob([toText(records())], { type: "application/json" }));
    link.download = FILE;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  import() {
    const { value } = this.find("textarea");
    this.take(value);
  }

  async read(input) {
    this.take(await input.files[0].text());
    input.value = "";
  }

  // All of it or nothing.
  take(text) {
    const { records: others, fault } = fromText(text.replace(/^\uFEFF/, ""));
    if (fault) this.tell(fault === "newer" ? "answering.newer" : "answering.broken");
    else {
      this.tell("answering.imported", { count: bringIn(others).size });
      this.section.dispatchEvent(new Event("mlp-changed", { bubbles: true }));
    }
  }
}
