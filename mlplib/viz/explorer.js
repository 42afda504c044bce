for (const figure of document.querySelectorAll("figure.mlp-explorer:not(.mlp-live)")) {
  const { parts, frames, states } = JSON.parse(figure.querySelector(".mlp-frames").textContent);
  const picture = figure.querySelector("svg");
  const painted = picture.querySelector("g");
  const reading = figure.querySelector(".mlp-reading");
  const inputs = [...figure.querySelectorAll("input")];
  const texts = inputs.map((input) => JSON.parse(input.dataset.texts));

  const update = () => {
    let state = 0;
    inputs.forEach((input, i) => {
      const text = texts[i][input.value];
      state = state * texts[i].length + Number(input.value);
      input.setAttribute("aria-valuetext", text);
      input.parentElement.querySelector("output").textContent = text;
    });
    const [frame, words] = states[state];
    painted.innerHTML = frames[frame].map((part) => parts[part]).join("");
    picture.setAttribute("aria-label", words);
    reading.textContent = words;
  };

  for (const input of inputs) input.addEventListener("input", update);
  figure.classList.add("mlp-live");
}
