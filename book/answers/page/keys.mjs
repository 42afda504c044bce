// A row of signs that the keyboard of a telephone hides, beneath a field that is being written in.
import { said } from "./engine.mjs";
import { element } from "./told.mjs";

export function addKeys(field) {
  const signs = field.dataset.keys.split(" ").filter(Boolean);
  if (!signs.length || !matchMedia("(pointer: coarse)").matches) return;
  const row = element("div", "mlp-keys", ...signs.map((sign) => key(sign, field)));
  row.addEventListener("pointerdown", (event) => event.preventDefault()); // the field is written on
  field.closest(".mlp-typed").before(row);
}

function key(sign, field) {
  const button = element("button", "", sign);
  button.type = "button";
  button.tabIndex = -1; // who has the tab key has a keyboard
  button.ariaLabel = said("answering.key", { sign });
  button.addEventListener("click", () => {
    const typed = sign === "√" ? "√(" : sign;
    field.focus();
    field.setRangeText(typed, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return button;
}
