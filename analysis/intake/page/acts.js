// What each act does to the rows, and what is drawn again.

import { openBook } from "./book.js";
import { desk, find, inWords, isNarrow, say, show, wordsBetween } from "./dom.js";
import { codesFor, drawForm, faultsOf, focusForm, remembered } from "./form.js";
import { holdNow, keep } from "./keep.js";
import { drawRows, messagesOf } from "./rows.js";
import { choose, draw, drawBar, goTo, takeNow } from "./text.js";

export const before = []; // the rows as they were before each act, for Undo

const rowOf = (number) => desk.rows.find((row) => row.row === number);

const isChosen = (row) => Boolean(row && desk.chosen) && row.start === desk.chosen.start && row.end === desk.chosen.end;

export function drawAll(form = true) {
  draw();
  drawBar();
  drawRows(acts);
  if (form) drawForm();
  find("undo").disabled = !before.length;
}

// Change the rows: what `act` returns takes their place.
function change(act, words) {
  before.push(desk.rows);
  desk.rows = act(desk.rows.map((row) => ({ ...row })));
  say(words);
  drawAll();
  keep();
}

function point(number, focus = false) {
  desk.active = number;
  drawAll(false);
  if (!desk.form || isNarrow()) show("rows");
  const item = find(`row-${number}`);
  item?.scrollIntoView({ block: "nearest" });
  if (focus) item?.querySelector("button")?.focus();
}

function open(form) {
  desk.form = form;
  desk.coding = form.coding;
  openBook(form.coding);
  drawAll();
  show("form");
  focusForm();
  keep();
}

function leave() {
  const { form } = desk;
  desk.form = null;
  choose(null);
  show(isNarrow() ? "text" : "rows");
  drawAll();
  if (form) goTo(form.start, form.end);
}

export const acts = {
  code() {
    const chosen = takeNow() || desk.chosen;
    if (!chosen) return;
    choose(null);
    const { coding } = desk;
    if (desk.form) setAside();
    open({ row: null, coding, codes: remembered(coding, chosen), ...chosen });
  },
  use() {
    const chosen = takeNow() || desk.chosen;
    if (!chosen) return;
    choose(null);
    open({ ...desk.form, ...chosen, codes: codesFor(desk.form, chosen) });
  },
  edit(number, told = true) {
    if (desk.form && desk.form.row !== number && !save()) return;
    const row = rowOf(number);
    if (isChosen(rowOf(desk.active))) choose(null);
    desk.active = number;
    const known = told ? [...(desk.problems[number] || []), ...(desk.faults[number] || [])] : [];
    const faults = Object.fromEntries(known.map((one) => [one.column, one.message]));
    open({ row: number, coding: row.coding, codes: { ...row.codes }, start: row.start, end: row.end, faults });
  },
  remove(number) {
    if (desk.form && desk.form.row === number) leave();
    change((rows) => rows.filter((row) => row.row !== number), `Row ${number} is deleted. Undo brings it back.`);
  },
  accept(number) {
    if (messagesOf(rowOf(number)).length) return acts.edit(number);
    desk.active = number;
    change((rows) => rows.map((row) => (row.row === number ? { ...row, drafted: "" } : row)), `Row ${number} is accepted.`);
    if (desk.rows.some((row) => row.drafted)) acts.nextDraft();
  },
  acceptAll() {
    const sound = (row) => row.drafted && !messagesOf(row).length;
    change((rows) => rows.map((row) => (sound(row) ? { ...row, drafted: "" } : row)), "The drafts without a fault are accepted.");
  },
  showRow(number) {
    const row = rowOf(number);
    desk.active = number;
    choose(row.start, row.end);
    drawAll(false);
    if (isNarrow()) show("text");
    goTo(row.start, row.end);
  },
  recode(coding) {
    const columns = desk.codings.get(coding).columns.map((column) => column.name);
    const same = Object.fromEntries(Object.entries(desk.form.codes).filter(([name]) => columns.includes(name)));
    open({ ...desk.form, coding, codes: { ...remembered(coding, desk.form), ...same }, faults: {} });
    find("f-coding").focus();
  },
  change(column, value) {
    desk.form.codes[column] = value;
    if (desk.form.faults) delete desk.form.faults[column];
    keepSoon();
  },
  cancel() {
    leave();
    goBack();
    keep();
  },
  rechoose() {
    const { start, end } = desk.form;
    show(isNarrow() ? "text" : "form");
    choose(start, end);
    goTo(start, end);
  },
  point,
  nextDraft() {
    const drafts = desk.rows.filter((row) => row.drafted).sort((a, b) => a.start - b.start);
    const from = rowOf(desk.active)?.start ?? -1;
    const next = drafts.find((row) => row.start > from) || drafts[0];
    if (!next) return say("No draft is left to look over.") || true;
    show("rows");
    point(next.row, true);
    return true;
  },
  chooseCoding(index) {
    const coding = [...desk.codings.keys()][index];
    if (!coding) return true;
    desk.coding = coding;
    openBook(coding);
    drawBar();
    say(`Code as ${inWords(coding)}`);
    return true;
  },
};

let soon;
let fresh = null; // the row that was saved and that the server has not yet looked at

// Open the row that was saved last again where the server found something wrong with it.
export function tellFaults() {
  const number = fresh;
  fresh = null;
  if (number && desk.faults[number] && !desk.form && rowOf(number) && (!desk.chosen || isChosen(rowOf(number)))) acts.edit(number);
}

function keepSoon() {
  holdNow();
  clearTimeout(soon);
  soon = setTimeout(keep, 300);
}

// Put the open row among the rows; false where it is not yet complete.
export function save() {
  const { form } = desk;
  clearTimeout(soon);
  form.faults = faultsOf(form);
  if (Object.keys(form.faults).length) {
    drawForm();
    focusForm();
    return false;
  }
  leave();
  fresh = put(form, "is saved");
  choose(form.start, form.end); // to be coded once more, if they are
  draw();
  goBack();
  return true;
}

// Put the form among the rows, and return its number.
function put(form, done, drafted = "") {
  const number = form.row || Math.max(0, ...desk.rows.map((row) => row.row)) + 1;
  const { start, end, coding } = form;
  const codes = Object.fromEntries(Object.entries(form.codes).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value));
  const block = desk.content.blocks.findLast((one) => one.passage_id && one.start <= start);
  const row = { row: number, coding, quote: wordsBetween(start, end), codes, passage_id: block.passage_id, start, end, drafted };
  desk.active = number;
  delete desk.problems[number];
  delete desk.faults[number];
  change((rows) => [...rows.filter((one) => one.row !== number), row], `Row ${number} ${done}.`);
  find(`row-${number}`)?.scrollIntoView({ block: "nearest" });
  return number;
}

// Put the open row among the rows, whatever it lacks, so that another can be begun.
function setAside() {
  const { form } = desk;
  desk.form = null;
  clearTimeout(soon);
  desk.aside.push(put(form, "waits", rowOf(form.row)?.drafted));
}

// Open the row again that was set aside last.
function goBack() {
  const row = rowOf(desk.aside.pop());
  if (row) acts.edit(row.row, false); // what it lacked may be there now
}

export function undo() {
  if (!before.length) return;
  if (desk.aside.length) return acts.cancel();
  if (desk.form?.row) leave();
  desk.rows = before.pop();
  say("Undone.");
  drawAll();
  keep();
}

export function unchoose() {
  getSelection().removeAllRanges();
  choose(null);
  draw();
  find("words").focus({ preventScroll: true });
}
