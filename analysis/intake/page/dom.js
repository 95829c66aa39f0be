// Elements, whose words always enter as text, never as markup; and the desk: what is known, chosen and coded.

export const find = (id) => document.getElementById(id);

export function make(tag, given = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (name in made && !name.startsWith("aria") && name !== "list" && name !== "role") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...inside.filter((part) => part !== null && part !== undefined && part !== false));
  return made;
}

export const button = (words, act, given = {}) => make("button", { type: "button", on: { click: act }, ...given }, words);

export function fill(parent, ...inside) {
  parent.replaceChildren(...inside.filter(Boolean));
}

// Read aloud by screen readers, seen by nobody.
export function say(words) {
  find("said").textContent = words;
}

export const plural = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

export const inWords = (name) => name.replaceAll("_", " ");

export const countWords = (text) => (text.match(/\S+/g) || []).length;

// What the page holds. Offsets count code points of the raw file, as Python does; `points` is that file, one entry a code point.
export const desk = {
  content: null, // text and codebook
  points: [],
  codings: new Map(),
  words: [], // [start, end] of the words of the running text
  rows: [], // {row, coding, quote, codes, passage_id, start, end, drafted}
  faults: {}, // by row: [{column, message}]
  problems: {}, // what the last attempt to finish found, by row
  form: null, // the row that is open: {row (null: a new one), coding, codes, start, end}
  aside: [], // the numbers of rows that were open when another was begun: the last is opened again first
  chosen: null, // {start, end} of the chosen words
  coding: "", // the coding of the next row
  active: null, // the number of the row that is pointed out
};

export const wordsBetween = (start, end) => desk.points.slice(start, end).join("");

export const hueOf = (coding) => Math.round(([...desk.codings.keys()].indexOf(coding) * 137.5 + 210) % 360);

const narrow = matchMedia("(max-width: 899px)");

export const isNarrow = () => narrow.matches;

// On a narrow window one part of the page is seen at a time; on a wide one the text and one part beside it.
export function show(panel) {
  const { dataset } = document.body;
  dataset.panel = panel;
  if (panel !== "text") dataset.side = panel;
  const pressed = isNarrow() ? panel : dataset.side;
  for (const tab of document.querySelectorAll("#tabs button")) tab.setAttribute("aria-pressed", String(tab.dataset.for === pressed));
}

narrow.addEventListener("change", () => show(document.body.dataset.panel));
