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
  const controls = [...figure.querySelector(".mlp-controls").children].map((control) =>
    control.matches("fieldset") ? buttons(control) : slider(control.querySelector("input")),
  );

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
