// Formulas are copied: within a selection as TeX (as MathML into a word processor), and singly by a
// button at each displayed one, first as TeX, then as a line of text.
{
  const { copy: COPY, tex: TEX, text: TEXT, formula: FORMULA } = document.currentScript.dataset;
  const make = name => document.createElement(name);
  const formulaAround = node => (node.closest ? node : node.parentElement).closest("mjx-container");
  const said = make("output");
  let asked;

  const aside = part => {
    part.className = "mlp-said";
    document.body.append(part);
  };
  aside(said);

  document.oncopy = event => {
    const give = (type, text) => event.clipboardData.setData("text/" + type, text);
    const selection = getSelection();
    if (asked) give("plain", asked);
    else {
      if (selection.isCollapsed || event.target.closest?.("input, textarea")) return;
      const range = selection.getRangeAt(0).cloneRange(), part = make("div");
      const first = formulaAround(range.startContainer), last = formulaAround(range.endContainer);
      first && range.setStartBefore(first);
      last && range.setEndAfter(last);
      part.append(range.cloneContents());
      part.querySelectorAll("button, .headerlink").forEach(it => it.remove());
      const formulas = [...part.querySelectorAll("mjx-container")].map(formula => {
        const math = formula.querySelector("math"), fence = formula.dataset.text ? "$$" : "$";
        math.setAttribute("xmlns", math.namespaceURI);
        formula.replaceWith(math);
        return [math, fence + formula.dataset.tex + fence];
      });
      if (!formulas.length) return;
      give("html", part.innerHTML);
      formulas.forEach(([math, tex]) => math.replaceWith(tex));
      aside(part);  // only what is shown has lines
      give("plain", part.innerText);
      part.remove();
    }
    event.preventDefault();
  };

  document.querySelectorAll("div.math").forEach(box => {
    const button = make("button"), formula = box.querySelector("mjx-container");
    const number = box.querySelector(".eqno")?.firstChild.data || "";
    const show = text => {
      button.textContent = text;
      const parts = { said: text, number };
      button.ariaLabel = FORMULA.replace(/{(\w+)}/g, (_, name) => parts[name]);
    };
    button.className = "mlp-copy";
    button.onclick = async () => {
      const again = button.textContent == TEX;
      asked = formula.dataset[again ? "text" : "tex"];
      try {
        await navigator.clipboard.writeText(asked);
      } catch {  // where that is not allowed, the browser copies what is selected
        getSelection().selectAllChildren(formula);
        document.execCommand("copy");
      }
      asked = "";
      show(said.textContent = again ? TEXT : TEX);
    };
    button.onblur = box.onpointerleave = () => show(COPY);
    box.onclick = event => event.pointerType == "touch" && button.focus();
    show(COPY);
    box.append(button);
  });
}
