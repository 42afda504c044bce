// The menu above a page closes by Escape, which leaves the keyboard on it, and by a click elsewhere.
{
  const open = () => document.querySelector("details.mlp-menu[open]");
  document.addEventListener("keydown", ({ key }) => {
    const menu = key === "Escape" && open();
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", ({ target }) => {
    const menu = open();
    if (menu && !menu.contains(target)) menu.open = false;
  });
}
