// What a link names is shown beside it, on hover and on focus by keyboard: the formula of an
// equation, the meaning of a term, the work that is cited. Escape puts it away. A finger on a link
// follows it, as ever.
(() => {
  const box = document.createElement("div");
  let shown = null, timer = 0;
  box.className = "mlp-preview";
  box.id = "mlp-preview";
  box.role = "tooltip";
  box.hidden = true;

  function named(link) {
    const href = link.getAttribute("href") || "";
    if (link.closest(".bibtex-citation") && (link.title || link.dataset.work)) {
      link.dataset.work ||= link.title;
      link.removeAttribute("title"); // or the browser would show it as well
      return [link.dataset.work];
    }
    const kept = document.querySelector(`.mlp-previews > [data-for="${CSS.escape(href)}"]`);
    const here = href.startsWith("#equation-") && document.getElementById(href.slice(1));
    const copy = (kept || here)?.cloneNode(true);
    copy?.querySelectorAll(".eqno").forEach(number => number.remove());
    copy?.querySelectorAll("[id]").forEach(it => it.removeAttribute("id"));
    return copy ? [...copy.childNodes] : null;
  }

  function show(link) {
    clearTimeout(timer);
    const content = link === shown ? null : named(link);
    if (!content) return;
    hide();
    box.replaceChildren(...content);
    box.hidden = false;
    shown = link;
    link.setAttribute("aria-describedby", box.id);
    const at = link.getClientRects()[0], room = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(at.left, room - box.offsetWidth - 8));
    const below = at.bottom + 6, above = at.top - box.offsetHeight - 6;
    const top = below + box.offsetHeight > innerHeight && above > 0 ? above : below;
    box.style.translate = `${left + scrollX}px ${top + scrollY}px`;
  }

  function hide() {
    clearTimeout(timer);
    shown?.removeAttribute("aria-describedby");
    shown = null;
    box.hidden = true;
  }

  const link = event => event.target.closest?.("article a[href]:not(.headerlink)");
  const later = (act, wait) => { clearTimeout(timer); timer = setTimeout(act, wait); };
  document.body.append(box);
  document.addEventListener("pointerover", event => {
    if (event.pointerType !== "mouse") return;
    const over = link(event);
    if (over) later(() => show(over), 200);
    else if (box.contains(event.target)) clearTimeout(timer);
    else later(hide, 250);
  });
  document.addEventListener("focusin", event => {
    const on = link(event);
    if (on?.matches(":focus-visible")) show(on);
    else hide();
  });
  document.addEventListener("keydown", event => { if (event.key === "Escape") hide(); });
})();
