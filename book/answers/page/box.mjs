// The box of one question: it is checked, hints and solution are shown, other numbers are drawn.
import { newGraph, drilled } from "./drill.mjs";
import { engine, questionOf, said } from "./engine.mjs";
import { addKeys } from "./keys.mjs";
import { change, keepDraft, keepReview, recordOf, reviewOf, troubles } from "./kept.mjs";
import { answered, hinted, revealed } from "./record.mjs";
import { afterRight, afterSlip, isDue, today } from "./spacing.mjs";
import { element, fill, verdict } from "./told.mjs";

const BLANK_STATUS = "not-attempted";
const FAILED = "failed";
const SLIPS = ["wrong", "almost"];

export class Box {
  constructor(form) {
    this.form = form;
    this.printed = form.dataset.exercise;
    this.key = this.printed;
    this.question = questionOf(this.printed);
    this.turn = 0;
    this.hints = 0;
    this.output = form.querySelector("output");
    this.told = form.querySelector(".mlp-told");
    form.addEventListener("input", () => this.keepDraft());
    for (const field of this.fields) if (field.dataset.keys) addKeys(field);
  }

  get fields() {
    return [...this.form.querySelectorAll("[name=answer]")];
  }

  get answer() {
    const { fields } = this;
    if (!/radio|checkbox/.test(fields[0].type)) return fields[0].value;
    return fields.filter(({ checked }) => checked).map(({ value }) => value).join(", ");
  }

  keepDraft() {
    if (this.key === this.printed) keepDraft(this.key, this.answer);
  }

  check() {
    const { status, text } = this.judged();
    const isBlank = status === BLANK_STATUS;
    this.keepDraft();
    if (status !== FAILED) change(this.key, (record) => answered(record, status));
    if (SLIPS.includes(status)) this.slip();
    else if (status === "right") this.review(afterRight);
    const { seen } = recordOf(this.key);
    const late = status === "right" && seen;
    const heading = late ? said("answering.answered", { status: verdict(status) }) : verdict(status);
    const news = [isBlank ? said("answering.blank") : text, ...[...troubles].map((key) => said(key))];
    fill(this.output, status, engine().tables.symbols[status], heading, news.join("\n"));
    this.output.dataset.status = isBlank ? "blank" : status;
    this.mark();
  }

  // A mistake of ours is said to be one.
  judged() {
    try {
      return engine().judge(this.question, this.answer);
    } catch (problem) {
      const { variable } = this.question;
      const parts = { variable, failure: problem.name, says: problem.message };
      return { status: FAILED, text: said("answer.failed", parts) };
    }
  }

  hint() {
    const { hints } = this.question.words;
    const number = Math.min(this.hints + 1, hints.length);
    this.hints = number;
    change(this.key, (record) => hinted(record, number));
    this.slip();
    const parts = { number, count: hints.length, hint: hints[number - 1] };
    const key = number === hints.length ? "hint.last" : "hint.step";
    this.tell(element("p", "mlp-hinted", said(key, parts)));
    if (number === hints.length) this.retire("hint");
    this.mark();
  }

  solution() {
    const { shown: reference, words } = this.question;
    change(this.key, revealed);
    this.slip();
    const panel = element("div");
    const text = [reference, words.solution, words.why].join("\n");
    this.tell(panel);
    fill(panel, "solution", "→", said("answering.shown"), text);
    this.retire("solution");
    this.mark();
  }

  // Draws the question with other numbers, as often as one likes.
  other() {
    const printed = questionOf(this.printed);
    const { drawn, drill } = printed;
    this.question =
      drill && this.turn >= drawn.length
        ? drilled(printed, newGraph(drill.steps))
        : engine().withOtherNumbers(printed, this.turn % drawn.length);
    this.turn += 1;
    this.key = `${this.printed}@${this.question.seed}`;
    this.hints = 0;
    const given = element("p", "mlp-given", said("answering.given", { given: this.question.words.given }));
    this.form.querySelector(".mlp-given")?.remove();
    this.form.prepend(given);
    this.told.replaceChildren();
    this.output.replaceChildren();
    this.output.className = "";
    this.output.dataset.status = "blank";
    for (const button of this.form.querySelectorAll("[data-do]")) button.hidden = false;
    const [field] = this.fields;
    field.value = "";
    field.focus();
  }

  tell(what) {
    this.told.append(what);
  }

  // A button that has nothing more to show goes, and the focus to where one writes.
  retire(name) {
    const button = this.form.querySelector(`[data-do=${name}]`);
    if (document.activeElement === button) this.fields[0].focus();
    button.hidden = true;
  }

  slip() {
    this.review(afterSlip);
  }

  review(then) {
    if (this.key === this.printed) keepReview(this.key, then(reviewOf(this.key), today()));
  }

  mark() {
    const { best } = recordOf(this.printed);
    const again = isDue(reviewOf(this.printed), today()) ? "again" : best;
    globalThis.mlpMark(this.form, again);
    this.form.dispatchEvent(new Event("mlp-changed", { bubbles: true }));
  }
}
