// The page as a whole: what it reads, and to what it listens.

import { acts, before, drawAll, save, tellFaults, unchoose, undo } from "./acts.js";
import { drawBook, openBook } from "./book.js";
import { desk, fill, find, inWords, isNarrow, make, plural, show } from "./dom.js";
import { askToFinish, finish } from "./finish.js";
import { setActs } from "./form.js";
import { goOn, keep, read, readDraft, whenKept } from "./keep.js";
import { drawRows } from "./rows.js";
import { drawBar, drawText, goTo, listenToText, nudge } from "./text.js";

async function readContent() {
  desk.content = await read("content.json");
  desk.points = Array.from(desk.content.raw);
  desk.codings = new Map(desk.content.codings.map((coding) => [coding.name, coding]));
}

const options = (names, before = "") => names.map((name) => make("option", { value: before + name }, inWords(name)));

function inField(target) {
  return target.closest?.("input, select, textarea, dialog");
}

function listen() {
  listenToText();
  setActs(acts);
  find("code").addEventListener("click", acts.code);
  find("use").addEventListener("click", acts.use);
  find("cancel").addEventListener("click", acts.cancel);
  find("delete").addEventListener("click", () => acts.remove(desk.form.row));
  find("unchoose").addEventListener("click", unchoose);
  for (const one of document.querySelectorAll("[data-by]")) one.addEventListener("click", () => nudge(one.dataset.end, Number(one.dataset.by)));
  find("bar-coding").addEventListener("change", (event) => {
    desk.coding = event.target.value;
    openBook(desk.coding);
    drawBar();
  });
  find("filter").addEventListener("change", () => drawRows(acts));
  find("book-coding").addEventListener("change", drawBook);
  find("search").addEventListener("input", drawBook);
  find("undo").addEventListener("click", undo);
  find("help").addEventListener("click", () => find("help-dialog").showModal());
  find("finish").addEventListener("click", askToFinish);
  find("write").addEventListener("click", async () => {
    if (await finish()) {
      before.length = 0;
      await readContent();
      await readDraft();
    }
    drawAll();
  });
  find("not-yet").addEventListener("click", () => find("finish-dialog").close());
  for (const tab of document.querySelectorAll("#tabs button")) tab.addEventListener("click", () => show(tab.dataset.for));
  find("fields").addEventListener("focusin", ({ target }) => target.matches("textarea") && target.scrollIntoView({ block: "nearest" })); // of a long field browsers show the caret alone
  find("row-form").addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "Enter" && desk.form && !event.target.closest("dialog")) save();
      else if (event.key === "z" && !inField(event.target)) undo();
      else return;
    } else if (event.key === "Escape" && event.target.closest("#row-form")) {
      if (isNarrow()) show("text");
      goTo(desk.form.start, desk.form.end);
    } else if (inField(event.target) || event.altKey) return;
    else if (event.key === "Escape" && desk.chosen) unchoose();
    else if (event.key === "?") find("help-dialog").showModal();
    else if (event.key === "/") {
      show("book");
      find("search").focus();
    } else return;
    event.preventDefault();
  });
}

async function start() {
  await readContent();
  await readDraft();
  const left = goOn();
  const { short, title, source_id: id, pass, coder } = desk.content;
  const readings = { person: `read by ${coder}`, adjudicated: "adjudication" };
  document.title = `Coding ${short || id}`;
  find("title").textContent = short || id;
  find("reading").textContent = `${readings[pass] || `pass ${pass}`}${title ? ` · ${title}` : ""} · ${plural(desk.content.n_words, "word")} in the body`;
  const names = [...desk.codings.keys()];
  desk.coding = desk.form?.coding || names[0];
  fill(find("bar-coding"), ...options(names));
  fill(find("book-coding"), ...options(names));
  const kinds = { "": "all", drafts: "drafts to look over", faults: "with a fault" };
  fill(find("filter"), ...Object.entries(kinds).map(([value, words]) => make("option", { value }, words)), ...options(names, "="));
  find("book-coding").value = desk.coding;
  document.body.dataset.side = desk.form ? "form" : "rows";
  show("text");
  listen();
  drawText(acts);
  drawBook();
  drawAll();
  whenKept((what) => {
    if (what === "anew" || what === "merged") before.length = 0; // these were the rows of this window
    if (what === "anew") drawAll();
    else if (what === "merged") drawAll(false); // a field of the form keeps the keyboard
    else {
      drawRows(acts);
      tellFaults();
    }
  });
  find("kept").textContent = desk.rows.length || desk.form ? "kept" : "";
  find("kept").dataset.kind = "kept";
  if (left) keep();
}

start().catch((error) => {
  find("alert").hidden = false;
  fill(find("alert"), make("p", {}, `The page cannot be shown: ${error.message}`));
});
