// Evidence links show the quoted words on hover and focus; on touch the first tap shows them, the second follows the link. Pages of evidence
// can be narrowed to one text; an address of the index that names a passage leads on to where its words stand.
(() => {
  const place = (link) => {
    const words = link.querySelector(".ev-words");
    link.classList.add("ev-open");
    const box = link.getBoundingClientRect();
    const width = Math.min(360, document.documentElement.clientWidth - 16);
    words.style.width = `${width}px`;
    words.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8))}px`;
    const below = box.bottom;
    words.style.top = `${below + words.offsetHeight < window.innerHeight ? below : Math.max(8, box.top - words.offsetHeight - 4)}px`;
  };
  const close = (except) =>
    document.querySelectorAll(".ev-open").forEach((link) => link !== except && link.classList.remove("ev-open"));
  const link = (event) => event.target.closest?.("a.ev");
  let touched = false;
  document.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; }, true);
  document.addEventListener("click", (event) => {
    const here = link(event);
    if (here && touched && !here.classList.contains("ev-tapped")) {
      event.preventDefault();
      document.querySelectorAll(".ev-tapped").forEach((other) => other.classList.remove("ev-tapped"));
      here.classList.add("ev-tapped");
      close(here);
      place(here);
    } else if (!here) close();
  });
  document.addEventListener("pointerover", (event) => event.pointerType !== "touch" && link(event) && place(link(event)));
  document.addEventListener("pointerout", (event) => {
    const here = link(event);
    if (here && event.pointerType !== "touch" && !here.contains(event.relatedTarget)) here.classList.remove("ev-open");
  });
  document.addEventListener("focusin", (event) => { const here = link(event); close(here); if (here) place(here); });
  document.addEventListener("focusout", (event) => link(event)?.classList.remove("ev-open"));
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  const forward = () => {
    const home = location.hash && document.getElementById(location.hash.slice(1))?.querySelector(":scope > a.ev-home");
    if (home) location.replace(home.href);
  };
  const filter = (list) => {
    const select = document.createElement("select");
    const texts = [...list.querySelectorAll("li[data-text]")].map((item) => item.dataset.text);
    select.append(new Option("all texts", ""), ...[...new Set(texts)].map((text) => new Option(text, text)));
    const label = Object.assign(document.createElement("label"), { className: "evidence-filter" });
    label.append("Show the passages of", select);
    select.addEventListener("change", () => {
      list.querySelectorAll("li[data-text]").forEach((item) => { item.hidden = ![item.dataset.text, ""].includes(select.value); });
      list.querySelectorAll(".subject").forEach((part) => { part.hidden = !part.querySelector("li[data-text]:not([hidden])"); });
    });
    list.prepend(label);
  };
  const begin = () => { forward(); document.querySelectorAll(".evidence").forEach(filter); };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
  window.addEventListener("hashchange", forward);
  document.addEventListener("scroll", () => document.querySelectorAll(".ev-open").forEach(place), { passive: true, capture: true });
})();
