// The codebook beside the text: what a row is, what each column holds, what the values mean.

import { desk, fill, find, inWords, make, plural } from "./dom.js";

const FIELDS = { question: "Question", definition: "", includes: "Includes", excludes: "Excludes", example: "Example", counter_example: "Not this" };

export function meaningOf(value) {
  return Object.entries(FIELDS)
    .filter(([field]) => value.meaning[field])
    .map(([field, title]) => make("p", {}, title ? make("b", {}, `${title}: `) : null, value.meaning[field]));
}

export const nameOf = (value) => (value.meaning.label ? `${value.value} ${value.meaning.label}` : value.value);

const holds = (text, sought) => text.toLowerCase().includes(sought);

export function drawBook() {
  const coding = desk.codings.get(find("book-coding").value);
  const sought = find("search").value.trim().toLowerCase();
  let n = 0;
  const parts = coding.columns.map((column) => {
    const values = column.values.filter((value) => holds([value.value, ...Object.values(value.meaning)].join(" "), sought));
    const own = holds(`${inWords(column.name)} ${column.description}`, sought);
    if (sought && !values.length && !own) return null;
    n += values.length + own;
    const listed = (sought && values.length ? values : column.values).map((value) => entry(value, Boolean(sought) && values.length <= 5));
    return make("section", { className: "column" }, make("h3", {}, inWords(column.name)), make("p", {}, column.description), ...listed);
  });
  find("found").textContent = sought ? `${plural(n, "place")} found in ${inWords(coding.name)}` : "";
  fill(find("entries"), make("p", { className: "what-row" }, `A row is for ${coding.row}.`), ...parts);
}

function entry(value, open) {
  const meaning = meaningOf(value);
  if (!meaning.length) return make("p", { className: "value" }, nameOf(value));
  return make("details", { className: "value", open }, make("summary", {}, nameOf(value)), ...meaning);
}

export function openBook(coding) {
  if (find("book-coding").value === coding) return;
  find("book-coding").value = coding;
  drawBook();
}
