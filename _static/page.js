// What the theme would write into each page as script, and the page's Content-Security-Policy forbids: its buttons, and the reader's choice of
// light or dark before anything is drawn. A page opened as a file may read no other, so the search shows no summaries there.
(() => {
  const root = document.documentElement;
  const showCode = (on) => {
    root.dataset.code = on ? "shown" : "hidden";
    document.querySelectorAll("details.section-code").forEach((part) => { part.open = on; });
    document.querySelector('[data-press="code"]')?.setAttribute("aria-pressed", on);
  };
  const presses = {
    fullscreen: () => window.toggleFullScreen(),
    print: () => window.print(),
    code: () => {
      showCode(root.dataset.code !== "shown");
      localStorage.setItem("code", root.dataset.code);
    },
  };
  document.addEventListener("click", (event) => presses[event.target.closest?.("[data-press]")?.dataset.press]?.());
  if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
  root.dataset.code = "hidden";
  root.dataset.mode = localStorage.getItem("mode") || "auto";
  root.dataset.theme = localStorage.getItem("theme") || "auto";

  // An address that moved leads on at once.
  const lead = () => {
    const on = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".moved li")?.querySelector("a");
    if (on) location.replace(on.href);
  };
  document.addEventListener("DOMContentLoaded", () => {
    showCode(localStorage.getItem("code") === "shown");
    lead();
  });
  addEventListener("hashchange", lead);
})();
