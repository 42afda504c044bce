// Formulas are copied: in a selection as TeX (and as MathML, for word processors), and one at a time
// by a button at each displayed formula, first as TeX, then as a line of text.
(() => {
  const COPY = "Copy", TEX = "TeX copied. Again for text", TEXT = "Text copied";
  const said = document.createElement("output");
  said.className = "mlp-copy-said";
  let asked = "";

  const formulaAround = node => (node.closest ? node : node.parentElement).closest("mjx-container");

  document.addEventListener("copy", event => {
    const give = (type, text) => event.clipboardData.setData(type, text);
    const selection = getSelection();
    if (asked) {
      give("text/plain", asked);
    } else if (selection.isCollapsed || event.target.closest?.("input, textarea")) {
      return;
    } else {
      const range = selection.getRangeAt(0).cloneRange(), part = document.createElement("div");
      const first = formulaAround(range.startContainer), last = formulaAround(range.endContainer);
      if (first) range.setStartBefore(first);
      if (last) range.setEndAfter(last);
      part.append(range.cloneContents());
      part.querySelectorAll("button, .headerlink").forEach(it => it.remove());
      const formulas = [...part.querySelectorAll("mjx-container")].map(formula => {
        const math = formula.querySelector("math"), fence = math.hasAttribute("display") ? "$$" : "$";
        math.setAttribute("xmlns", math.namespaceURI);
        formula.replaceWith(math);
        return [math, fence + formula.dataset.tex + fence];
      });
      if (!formulas.length) return;
      give("text/html", part.innerHTML);
      formulas.forEach(([math, tex]) => math.replaceWith(tex));
      part.className = "mlp-copy-said";
      document.body.append(part);  // only what is shown has lines
      give("text/plain", part.innerText);
      part.remove();
    }
    event.preventDefault();
  });

  async function copy(text, formula) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      asked = text;  // an older browser copies what is selected
      getSelection().selectAllChildren(formula);
      document.execCommand("copy");
      getSelection().removeAllRanges();
      asked = "";
    }
  }

  for (const box of document.querySelectorAll("div.math:has(> mjx-container)")) {
    const formula = box.querySelector("mjx-container"), button = document.createElement("button");
    const number = box.querySelector(".eqno")?.firstChild.data ?? "";
    const show = text => {
      button.textContent = text;
      button.ariaLabel = text === COPY ? `Copy formula ${number}` : text;
    };
    const reset = () => show(COPY);
    button.className = "mlp-copy";
    button.onclick = () => {
      const next = button.textContent === TEX ? TEXT : TEX;
      copy(next === TEX ? formula.dataset.tex : formula.dataset.text, formula);
      show(said.textContent = next);
    };
    button.onblur = box.onpointerleave = reset;
    box.onclick = event => {
      if (event.pointerType === "touch") button.focus({preventScroll: true});
    };
    reset();
    box.append(button);
  }
  document.body.append(said);
})();
