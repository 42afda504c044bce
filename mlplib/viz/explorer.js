for (const figure of document.querySelectorAll("figure.mlp-explorer:not(.mlp-live)")) {
  const { parts, frames, states, name } = JSON.parse(figure.querySelector(".mlp-frames").textContent);
  const picture = figure.querySelector("svg");
  const painted = picture.querySelector("g");
  const reading = figure.querySelector(".mlp-reading");

  const slider = (input) => {
    const texts = JSON.parse(input.dataset.texts);
    const shown = input.parentElement.querySelector("output");
    return {
      count: texts.length,
      place: () => {
        const text = texts[input.value];
        input.setAttribute("aria-valuetext", text);
        shown.textContent = text;
        return Number(input.value);
      },
    };
  };
  const buttons = (fieldset) => {
    const inputs = [...fieldset.querySelectorAll("input")];
    return { count: inputs.length, place: () => inputs.findIndex((input) => input.checked) };
  };
  const questions = (control) => {
    const { choices, right, turns, score } = JSON.parse(control.dataset.asked);
    const [offer, turn] = control.children;
    const [back, next] = turn.querySelectorAll("button");
    const buttons = [...offer.children];
    const chosen = choices.map(() => 0);
    const first = choices.map(() => 0);
    let asked = 0;
    const go = (to) => {
      asked = Math.min(Math.max(to, 0), choices.length - 1);
      control.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const show = () => {
      const found = chosen[asked] - 1 === right[asked];
      buttons.forEach((button, index) => {
        const pressed = chosen[asked] === index + 1;
        const mark = !pressed ? "" : found ? "✓ " : "✗ ";
        button.textContent = mark + choices[asked][index];
        button.setAttribute("aria-pressed", pressed);
        button.classList.toggle("mlp-found", pressed && found);
      });
      const atOnce = first.filter((choice, index) => choice - 1 === right[index]).length;
      const told = first.some(Boolean) ? `; ${score.replace("{}", atOnce)}` : "";
      turn.querySelector("output").textContent = turns[asked] + told;
      back.setAttribute("aria-disabled", asked === 0);
      next.setAttribute("aria-disabled", asked === choices.length - 1);
      next.classList.toggle("mlp-found", found && asked < choices.length - 1);
    };
    buttons.forEach((button, index) =>
      button.addEventListener("click", () => {
        chosen[asked] = index + 1;
        first[asked] ||= index + 1;
        go(asked);
      }),
    );
    back.addEventListener("click", () => go(asked - 1));
    next.addEventListener("click", () => go(asked + 1));
    return {
      count: choices.length * (1 + buttons.length),
      place: () => {
        show();
        return asked * (1 + buttons.length) + chosen[asked];
      },
    };
  };
  const read = (control) => {
    if (control.matches("fieldset")) return buttons(control);
    if (control.matches(".mlp-questions")) return questions(control);
    return slider(control.querySelector("input"));
  };
  const controls = [...figure.querySelector(".mlp-controls").children].map(read);

  const update = () => {
    const state = controls.reduce((before, { count, place }) => before * count + place(), 0);
    const [frame, words] = states[state];
    painted.innerHTML = frames[frame].map((part) => parts[part]).join("");
    picture.setAttribute("aria-label", name.replace("{}", () => words));
    reading.textContent = words;
  };

  figure.querySelector(".mlp-controls").addEventListener("input", update);
  figure.classList.add("mlp-live");
}
