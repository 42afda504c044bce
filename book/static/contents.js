// The contents beside a page mark the section that is being read. The theme waits until a heading
// passes the top of the window; after a leap, or on the way up, none does.
addEventListener("DOMContentLoaded", () => {
  const links = [...document.querySelectorAll("#pst-page-toc-nav a[href^='#']")];
  const sections = links.map(({ hash }) => document.getElementById(decodeURI(hash).slice(1)));
  const top = section => section.getBoundingClientRect().top;
  let asked = false;

  function current() {
    const isEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const named = sections.findIndex(({ id }) => `#${id}` === decodeURI(location.hash));
    if (isEnd && named >= 0 && top(sections[named]) >= 0) return named; // too short to reach the top
    return isEnd ? sections.length - 1 : sections.findLastIndex(it => top(it) <= 0.3 * innerHeight);
  }

  function mark() {
    asked = false;
    const now = links[current()];
    for (const link of links) {
      const isNow = link === now;
      link.classList.toggle("active", isNow);
      link.closest(".toc-entry").classList.toggle("active", isNow);
      if (isNow) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  if (links.length)
    addEventListener("scroll", () => {
      if (!asked) requestAnimationFrame(mark);
      asked = true;
    }, { passive: true });
});
