// Makes the boxes of a page work, once what judges them is there; boxes.js asks for it.
import { Box } from "./box.mjs";
import { Overview } from "./overview.mjs";
import { Own } from "./own.mjs";

const boxes = new Map();
for (const form of document.querySelectorAll("form.mlp-answer")) boxes.set(form, new Box(form));
for (const form of document.querySelectorAll("form.mlp-own")) boxes.set(form, new Own(form));

const section = document.querySelector(".mlp-overview");
if (section) {
  const overview = new Overview(section);
  addEventListener("mlp-changed", ({ target }) => {
    overview.update();
    if (target === section) for (const box of boxes.values()) globalThis.mlpMark(box.form);
  });
}

globalThis.mlpAct = (form, what) => boxes.get(form)[what]();
