// What the theme would write into each page as script, and the page's Content-Security-Policy forbids: its buttons, and the reader's choice of
// light or dark before anything is drawn. A page opened as a file may read no other, so the search shows no summaries there.
(() => {
  const presses = { fullscreen: () => window.toggleFullScreen(), print: () => window.print() };
  document.addEventListener("click", (event) => presses[event.target.closest?.("[data-press]")?.dataset.press]?.());
  if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
  const root = document.documentElement;
  root.dataset.mode = localStorage.getItem("mode") || "auto";
  root.dataset.theme = localStorage.getItem("theme") || "auto";
})();
