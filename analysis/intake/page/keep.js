// What is coded goes to the server at once, one request after another; what several windows do is put together.

import { button, desk, fill, find, make } from "./dom.js";
import { held, hold, release } from "./hold.js";
import { merged, sameRow } from "./merge.js";

const TOKEN = location.pathname.split("/")[1];
const AGAIN = 3000; // milliseconds until the next attempt where the server does not answer

let version = "";
let base = []; // the rows that the server has in this version
let seen = []; // the rows of which all faults are known
let waiting = false; // something is not kept yet
let busy = null; // the request that is under way
let stopped = false; // another window changed the same row: nothing is sent until a person decides
let shown = () => {};

export async function read(name) {
  const answer = await fetch(name);
  if (!answer.ok) throw new Error((await answer.json()).error);
  return answer.json();
}

export async function send(name, given) {
  const answer = await fetch(name, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Coding-Token": TOKEN },
    body: JSON.stringify({ ...given, version }),
  });
  return { status: answer.status, given: await answer.json() };
}

// Take the rows of the server in place of those of this window.
export async function readDraft() {
  const draft = await read("draft.json");
  ({ version, rows: base } = draft);
  seen = base;
  Object.assign(desk, { rows: draft.rows, form: draft.form, faults: draft.faults, aside: [] });
  stopped = waiting = false;
  fill(find("alert"));
  find("alert").hidden = true;
}

// Go on from where a window ended before all was kept; whether one did.
export function goOn() {
  const left = held();
  if (left) {
    ({ base, version } = left);
    Object.assign(desk, { rows: left.rows, form: left.form });
  }
  return Boolean(left);
}

// `act` gets what happened: "newest", the faults of all rows are known; "merged" with rows of another window; "anew", all are of the server.
export function whenKept(act) {
  shown = act;
}

function status(words, kind) {
  if (find("kept").textContent !== words) find("kept").textContent = words;
  find("kept").dataset.kind = kind;
}

export function holdNow() {
  hold({ version, base, rows: desk.rows, form: desk.form });
}

export function keep() {
  waiting = true;
  holdNow();
  if (!busy && !stopped) busy = work().finally(() => (busy = null));
  return busy;
}

// All is kept, or it cannot be.
export async function settled() {
  while (busy) await busy;
  return !waiting;
}

async function work() {
  while (waiting && !stopped) {
    waiting = false;
    if (find("kept").dataset.kind !== "lost") status("keeping …", "busy");
    try {
      const sent = { rows: desk.rows, form: desk.form };
      const was = JSON.stringify(sent.form);
      const { status: code, given } = await send("keep", sent);
      if (code === 200) {
        ({ version } = given);
        base = sent.rows;
        find("alert").hidden = true;
        status(waiting ? "keeping …" : "kept", waiting ? "busy" : "kept");
        if (!waiting && JSON.stringify(desk.form) === was) release();
        if (!waiting && seen !== base) look();
      } else {
        waiting = true;
        if (code === 409 && (await meet())) continue;
        if (code !== 409) warn(`Not kept: ${given.error}.`, button("Try again", keep), button("Show the rows as they were kept", anew));
        return;
      }
    } catch {
      waiting = true;
      if (find("kept").dataset.kind !== "lost") {
        warn(`Not kept: the server does not answer. Run “${desk.content.again}” again: what you typed stays here, and this window tries again by itself.`);
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }
}

// Ask what is wrong with the rows that were kept; while it is found, more may be kept, of which it says nothing.
async function look() {
  const rows = base;
  const draft = await read("draft.json").catch(() => ({})); // no answer: told when the next change is kept
  if (draft.version !== version || waiting || busy) return;
  seen = rows;
  desk.faults = draft.faults;
  shown("newest");
}

function warn(words, ...acts) {
  status("not kept", "lost");
  find("alert").hidden = false;
  fill(find("alert"), make("p", {}, words), acts.length > 0 && make("div", { className: "acts" }, ...acts));
}

async function anew() {
  release();
  await readDraft();
  status("kept", "kept");
  shown("anew");
}

// Put what another window changed beside what this one did; false where both changed the same row, and a person is asked.
export async function meet() {
  const theirs = await read("draft.json");
  const both = (preferMine) => merged(base, desk.rows, theirs.rows, preferMine);
  const differ = [...new Set([...both(false).differ, ...underTheForm(theirs.rows)])];
  if (!differ.length) {
    take(theirs, both(false));
    return true;
  }
  stopped = true;
  const settle = (preferMine) => () => {
    take(theirs, both(preferMine));
    stopped = false;
    find("alert").hidden = true;
    if (!preferMine && differ.includes(desk.form?.row)) desk.form = null;
    shown("anew");
    keep();
  };
  warn(
    `Not kept: another window changed ${differ.length > 1 ? "rows" : "row"} ${differ.join(", ")} in another way.`,
    button("Show the newer rows", settle(false), { className: "main" }),
    button("Keep the rows of this window instead", settle(true)),
  );
  return false;
}

// The row that is open in the form, where another window changed it since it was opened.
function underTheForm(theirs) {
  const number = desk.form?.row;
  const [was, is, there] = [base, desk.rows, theirs].map((rows) => rows.find((row) => row.row === number));
  return number && was && !sameRow(there, was) && !sameRow(there, is) ? [number] : [];
}

function take(theirs, { rows, renumbered }) {
  ({ version, rows: base } = theirs);
  desk.rows = rows;
  const now = (number) => renumbered.get(number) || number;
  desk.active = now(desk.active);
  desk.aside = desk.aside.map(now);
  if (desk.form) desk.form.row = now(desk.form.row);
  shown("merged");
}

addEventListener("beforeunload", (event) => {
  if (waiting || busy) event.preventDefault();
});
