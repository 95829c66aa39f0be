// The coded rows beside the text.

import { nameOf } from "./book.js";
import { button, desk, fill, find, hueOf, inWords, make, plural } from "./dom.js";

const NONE = {
  "": "No row yet. Choose words in the text, then press Enter or Code.",
  drafts: "No draft is left to look over.",
  faults: "No row has a fault.",
};

export function drawRows(acts) {
  const wanted = find("filter").value;
  const wants = { "": () => true, drafts: (row) => row.drafted, faults: (row) => messagesOf(row).length };
  const rows = desk.rows.filter(wants[wanted] || ((row) => row.coding === wanted.slice(1)));
  rows.sort((a, b) => a.start - b.start || a.end - b.end || a.row - b.row);
  find("n-rows").textContent = desk.rows.length;
  find("none").hidden = rows.length > 0;
  find("none").textContent = (desk.rows.length && wanted && (NONE[wanted] || `No row of ${inWords(wanted.slice(1))}.`)) || NONE[""];
  const drafts = desk.rows.filter((row) => row.drafted);
  find("drafts").hidden = !drafts.length;
  fill(
    find("drafts"),
    make("p", {}, `${plural(drafts.length, "row")} drafted for you to look over: accept, change or drop each.`),
    button("Accept all that have no fault", acts.acceptAll, { className: "quiet" }),
  );
  const kept = document.activeElement?.closest("#list li")?.id; // the keyboard stays on its row
  const act = document.activeElement?.dataset.act;
  fill(find("list"), ...rows.map((row) => item(row, acts)));
  if (kept) (find(kept)?.querySelector(`[data-act="${act}"]`) || find(kept)?.querySelector("button") || find("h-rows")).focus();
}

export function messagesOf(row) {
  const faults = (desk.faults[row.row] || []).map((one) => `${inWords(one.column)}: ${one.message}`);
  const problems = (desk.problems[row.row] || []).map((one) => `${one.column ? `${inWords(one.column)}: ` : ""}${one.message}. Remedy: ${one.remedy}.`);
  return [...problems, ...faults];
}

function item(row, acts) {
  const coding = desk.codings.get(row.coding);
  const named = `row ${row.row}, ${inWords(row.coding)}`;
  const act = (name, words, work, more = {}) => button(words, work, { "data-act": name, "aria-label": `${words} ${named}`, ...more });
  const columns = coding.columns.filter((column) => row.codes[column.name]);
  const short = columns.filter((column) => !column.words && column.name !== "note");
  const said = columns.find((column) => column.words);
  const messages = messagesOf(row);
  const made = make(
    "li",
    { id: `row-${row.row}`, className: ["row", row.drafted && "drafted", row.row === desk.active && "active", messages.length && "faulty"].filter(Boolean).join(" ") },
    make("p", { className: "row-head" }, make("b", {}, String(row.row)), ` ${inWords(row.coding)} `, make("span", { className: "where" }, row.passage_id.split("-").at(-1))),
    row.drafted && make("p", { className: "draft-note" }, `drafted (${row.drafted}), look it over`),
    make("blockquote", {}, row.quote),
    said && make("p", { className: "paraphrase" }, row.codes[said.name]),
    make("ul", { className: "codes", role: "list" }, ...short.map((column) => code(column, row.codes[column.name]))),
    messages.length > 0 && make("ul", { className: "faults" }, ...messages.map((message) => make("li", {}, message))),
    make(
      "div",
      { className: "acts" },
      row.drafted && act("accept", "Accept", () => acts.accept(row.row), { className: "main" }),
      act("edit", row.drafted ? "Change" : "Edit", () => acts.edit(row.row)),
      act("delete", row.drafted ? "Drop" : "Delete", () => acts.remove(row.row)),
      act("show", "Show", () => acts.showRow(row.row), { className: "quiet", title: "Go to its words in the text and choose them" }),
    ),
  );
  made.style.setProperty("--hue", hueOf(row.coding));
  return made;
}

function code(column, value) {
  const listed = column.values.find((one) => one.value === value);
  return make("li", { title: `${inWords(column.name)}: ${value}` }, make("span", { className: "unseen" }, `${inWords(column.name)}: `), listed ? nameOf(listed) : value);
}
