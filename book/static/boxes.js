// The boxes for answers, before anybody answers: what was done in them before is shown, and what
// judges them is fetched when it is asked for; on a page of exercises, when a box comes near.
(() => {
  const said = document.currentScript.dataset;
  const forms = [...document.querySelectorAll("form.mlp-answer")];
  const own = [...document.querySelectorAll("form.mlp-own")]; // a function, a graph: they are drawn
  const overview = document.querySelector(".mlp-overview");

  function kept(key) {
    try { return localStorage.getItem(key); } catch { return null; }
  }

  function table(key) {
    try { return JSON.parse(kept(key)) ?? {}; } catch { return {}; }
  }

  const now = new Date();
  const today = new Date(now - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  const isDue = key => table("mlp-reviews")[key]?.day <= today && table("mlp-reviews")[key].day;
  const best = key => isDue(key) ? "again" : table("mlp-progress").questions?.[key]?.best;

  window.mlpMark = (form, status = best(form.dataset.exercise)) => {
    form.querySelector(".mlp-mark").textContent = said[status] ?? "";
  };

  let loading;
  const load = () => loading ??= Promise.all(
    [...document.getElementById("mlp-judge").content.children].map(({ attributes }) =>
      new Promise((done, failed) => {
        const script = document.createElement("script");
        Object.assign(script, { async: false, onload: done, onerror: failed });
        script.src = attributes.src.value;
        document.head.append(script);
      })
    )
  ).catch(() => { loading = null; throw 0; });
  const ahead = () => load().catch(() => {}); // it is said when an answer is sent

  function act(form, what) {
    load().then(() => window.mlpAct(form, what), () => {
      form.querySelector("output").textContent = said.unloaded;
    });
  }

  for (const form of forms) {
    const key = form.dataset.exercise, draft = isDue(key) ? null : kept("mlp-draft:" + key);
    for (const field of draft === null ? [] : form.querySelectorAll("[name=answer]")) {
      if (/radio|checkbox/.test(field.type)) field.checked = draft.split(", ").includes(field.value);
      else field.value = draft;
    }
    window.mlpMark(form);
  }
  for (const form of [...forms, ...own]) {
    form.addEventListener("focusin", ahead);
    form.addEventListener("pointerdown", ahead);
    form.addEventListener("submit", event => {
      event.preventDefault();
      act(form, "check");
    });
    form.addEventListener("click", ({ target }) => {
      if (target.dataset.do) act(form, target.dataset.do);
    });
    form.addEventListener("keydown", event => {
      const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
      if (sends && event.target.matches("textarea")) form.requestSubmit();
    });
  }

  function whenNear(parts, then) {
    const near = new IntersectionObserver(seen => {
      if (!seen.some(it => it.isIntersecting)) return;
      near.disconnect();
      then();
    }, { rootMargin: "50%" });
    parts.forEach(it => near.observe(it));
  }
  if (overview) whenNear([overview, ...forms], ahead);
  for (const form of own) whenNear([form], () => act(form, "check"));
})();
