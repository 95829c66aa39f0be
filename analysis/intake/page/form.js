// The form of the open row: a field for each column of its coding.

import { meaningOf, nameOf } from "./book.js";
import { button, countWords, desk, fill, find, inWords, make, plural, say, wordsBetween } from "./dom.js";

let acts = {};
const SHORT = 30; // characters of what stands in half the width
const DECLARING = { "people.csv": "people", "benchmark_events.csv": "benchmark_events" };

export function setActs(given) {
  acts = given;
}

// What a new row begins with: its words where they are what a column holds, and what the row before had in columns that seldom change.
export function remembered(coding, { start, end }) {
  const columns = desk.codings.get(coding).columns.filter((column) => column.from_words);
  const codes = Object.fromEntries(columns.map((column) => [column.name, wordsBetween(start, end)]));
  for (const column of desk.codings.get(coding).columns.filter((one) => one.remembered)) {
    const before = desk.rows.findLast((row) => row.codes[column.name] && !row.drafted && allowed(column, row.codes[column.name]));
    if (before) codes[column.name] = before.codes[column.name];
  }
  return codes;
}

const allowed = (column, value) => !column.values.length || valuesOf(column).some((one) => one.value === value);

// The listed values, with those that rows of this reading declare.
function valuesOf(column) {
  const declaring = DECLARING[column.listed_in];
  const first = declaring && desk.codings.get(declaring)?.columns[0].name;
  const added = desk.rows.filter((row) => first && row.coding === declaring && row.codes[first]);
  return [...column.values, ...added.map((row) => ({ value: row.codes[first], meaning: {} }))];
}

export function drawForm() {
  const form = find("row-form");
  const { form: open } = desk;
  form.hidden = !open;
  find("no-form").hidden = Boolean(open);
  const waits = desk.aside.length ? `, then back to row ${desk.aside.at(-1)}` : "";
  find("h-form").textContent = !open ? "Form" : `${open.row ? `Row ${open.row}` : "New row"}${waits}`;
  find("delete").hidden = !open?.row;
  if (!open) return fill(find("fields"));
  const coding = desk.codings.get(open.coding);
  const codings = [...desk.codings.keys()].map((name) => make("option", { value: name }, inWords(name)));
  const choice = make("select", { id: "f-coding", on: { change: (event) => acts.recode(event.target.value) } }, ...codings);
  choice.value = open.coding;
  fill(
    find("fields"),
    make("div", { className: "field beside" }, make("label", { htmlFor: "f-coding" }, "coding"), choice, make("p", { className: "hint" }, `For ${coding.row}.`)),
    quoteField(coding, open),
    ...Object.entries(open.faults || {}).filter(([name]) => name !== "quote" && !coding.columns.some((column) => column.name === name)).map(elsewhere),
    ...coding.columns.map((column) => field(column, open)),
  );
}

// The codes when other words are chosen: what was the words still is.
export function codesFor(form, chosen) {
  const [old, now] = [form, chosen].map(({ start, end }) => wordsBetween(start, end));
  const columns = desk.codings.get(form.coding).columns.filter((column) => column.from_words && form.codes[column.name] === old);
  return { ...form.codes, ...Object.fromEntries(columns.map((column) => [column.name, now])) };
}

// A fault of what the form does not ask for.
const elsewhere = ([name, fault]) => make("p", { className: "fault" }, `${inWords(name)}: ${fault}`);

// Whether a field is not asked for: it follows from another, which is empty yet or has a value that is known.
function isFollowing(column, open) {
  const leads = desk.codings.get(open.coding).columns.find((one) => one.fills[column.name]);
  const value = leads && (open.codes[leads.name] || "");
  return Boolean(leads) && !open.faults?.[column.name] && (!value || value in leads.fills[column.name]);
}

function quoteField(coding, open) {
  const words = wordsBetween(open.start, open.end);
  const n = countWords(words);
  const over = coding.words && n > coding.words;
  const count = coding.words ? `${n} of at most ${plural(coding.words, "word")}` : plural(n, "word");
  return make(
    "div",
    { className: "field beside" },
    make("p", { className: "label", id: "l-quote" }, "words"),
    make("p", { className: over ? "count over" : "count" }, count),
    button("Choose other words", acts.rechoose, { className: "quiet" }),
    make("blockquote", { "aria-labelledby": "l-quote" }, words),
    make("p", { className: "fault", id: "e-quote" }, (open.faults || {}).quote || ""),
  );
}

function field(column, open) {
  const id = `f-${column.name}`;
  const value = open.codes[column.name] || "";
  const control = controlOf(column, id, value);
  const meaning = make("div", { className: "meaning" });
  const count = column.words && make("p", { className: "count" });
  const fault = make("p", { className: "fault", id: `e-${column.name}` }, (open.faults || {})[column.name] || "");
  const told = () => {
    const found = valuesOf(column).find((one) => one.value === control.value);
    const [first, ...more] = found ? meaningOf(found) : [];
    fill(meaning, first, more.length > 0 && make("details", {}, make("summary", {}, "more", make("span", { className: "unseen" }, ` on ${found.value}`)), ...more));
    if (!column.words) return;
    const n = countWords(control.value);
    count.textContent = `${n} of at most ${plural(column.words, "word")}`;
    count.classList.toggle("over", n > column.words);
  };
  control.addEventListener("input", () => {
    told();
    fault.textContent = "";
    control.removeAttribute("aria-invalid");
    acts.change(column.name, control.value);
    for (const [other, by] of Object.entries(column.fills)) follow(other, by[control.value], open);
  });
  if (fault.textContent) control.setAttribute("aria-invalid", "true");
  told();
  const long = control.tagName === "TEXTAREA" || column.values.some((one) => nameOf(one).length > SHORT);
  const explained = column.values.filter((one) => Object.keys(one.meaning).length);
  const choices = explained.length > 0 && explained.length === column.values.filter((one) => one.meaning).length;
  return make(
    "div",
    { className: long ? "field" : "field short", hidden: isFollowing(column, open) },
    make("label", { htmlFor: id }, inWords(column.name), column.required ? make("span", { className: "required" }, " required") : null),
    control,
    count,
    fault,
    make("p", { className: "hint", id: `h-${column.name}` }, column.description, column.remedy ? ` (${column.remedy})` : ""),
    meaning,
    choices && meanings(column, explained, control),
  );
}

// Fill a field with what goes with the value of another; where nothing is known to, it is asked for.
function follow(name, value, open) {
  const control = find(`f-${name}`);
  const column = desk.codings.get(open.coding).columns.find((one) => one.name === name);
  const field = control.closest(".field");
  const now = value ?? (field.hidden ? "" : control.value);
  if (control.value !== now) {
    control.value = now;
    control.dispatchEvent(new Event("input"));
  }
  field.hidden = isFollowing(column, open);
}

function meanings(column, explained, control) {
  const take = (value) => {
    control.value = value;
    control.dispatchEvent(new Event("input"));
    control.focus();
  };
  const parts = explained.map((value) =>
    make("div", { className: "one" }, button(nameOf(value), () => take(value.value), { className: "quiet" }), ...meaningOf(value)),
  );
  return make("details", { className: "meanings" }, make("summary", {}, "all values", make("span", { className: "unseen" }, ` of ${inWords(column.name)}`)), ...parts);
}

function controlOf(column, id, value) {
  const given = { id, name: column.name, required: column.required, "aria-describedby": `e-${column.name} h-${column.name}` };
  const values = valuesOf(column);
  if (column.values.length && !column.may_add) {
    const options = values.map((one) => make("option", { value: one.value }, nameOf(one)));
    const unlisted = value && !values.some((one) => one.value === value) ? [make("option", { value }, `${value} (not listed)`)] : [];
    const made = make("select", given, make("option", { value: "" }, "–"), ...options, ...unlisted);
    made.value = value;
    return made;
  }
  if (column.words || column.name === "note") return make("textarea", { ...given, rows: column.words > 12 ? 3 : 2, value });
  if (!column.may_add && !column.in_use.length) return make("input", { ...given, value });
  const offered = [...values, ...column.in_use.map((one) => ({ value: one, meaning: {} }))];
  const list = make("datalist", { id: `d-${column.name}` }, ...offered.map((one) => make("option", { value: one.value }, one.meaning.label || "")));
  document.getElementById(list.id)?.remove();
  find("row-form").after(list);
  return make("input", { ...given, value, list: list.id });
}

// What is missing or too long: {column: message}.
export function faultsOf(open) {
  const faults = {};
  const { words } = desk.codings.get(open.coding);
  if (words && countWords(wordsBetween(open.start, open.end)) > words) faults.quote = `choose at most ${plural(words, "word")}`;
  for (const column of desk.codings.get(open.coding).columns) {
    const value = (open.codes[column.name] || "").trim();
    if (column.required && !value && !isFollowing(column, open)) faults[column.name] = "fill it in";
    else if (column.words && countWords(value) > column.words) faults[column.name] = `use at most ${plural(column.words, "word")}`;
    else if (value && column.values.length && !allowed(column, value)) {
      const declare = `is not listed: choose another, or choose the words that name it and code them under ${inWords(DECLARING[column.listed_in])}: this row waits`;
      faults[column.name] = column.may_add ? declare : "choose a listed value";
    }
  }
  return faults;
}

export function focusForm() {
  const fields = [...find("row-form").querySelectorAll("select, input, textarea")];
  const empty = fields.find((control) => control.required && !control.value && !control.closest("[hidden]"));
  const wrong = find("row-form").querySelector("[aria-invalid]");
  const long = !wrong && desk.form.faults?.quote && find("row-form").querySelector(".field button");
  (wrong || long || empty || fields[1] || fields[0]).focus();
  if (wrong) say(`${inWords(wrong.name)}: ${find(`e-${wrong.name}`).textContent}`);
  else if (long) say(`words: ${find("e-quote").textContent}`);
}
