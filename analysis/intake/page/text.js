// The text: its paragraphs, what is coded in them, and the choice of words by mouse, finger and keyboard.

import { countWords, desk, fill, find, hueOf, inWords, isNarrow, make, plural, say, wordsBetween } from "./dom.js";

const LINES = 3; // so many rows are underlined one below the other where they overlap
let places = []; // a paragraph or a line: {block, element, drawn}
let cursor = 0; // the word on which the keyboard is
let anchor = null; // the word at which the keyboard began to choose
let acts = {};

export function drawText(given) {
  acts = given;
  const { blocks } = desk.content;
  desk.words = blocks.flatMap((block) => block.words);
  places = blocks.map((block) => ({ block, element: make("p"), drawn: "" }));
  const made = places.map(({ block, element }) => {
    const number = block.passage_id.split("-").at(-1);
    const zones = [...new Set(block.parts.map((part) => inWords(part.zone)))].join(", ");
    return make("div", { className: block.passage_id ? "paragraph" : "other" }, make("span", { className: "number" }, block.passage_id ? number : zones), element);
  });
  fill(find("words"), ...made);
  draw();
}

const within = (one, start, end) => one.start < end && start < one.end;

const isActive = (row) => Boolean(desk.active) && row.row === desk.active;

export function draw() {
  const open = desk.form && desk.form.start !== undefined ? [{ ...desk.form, open: true }] : [];
  const word = desk.words[cursor] || [0, 0];
  for (const place of places) {
    const { start, end, passage_id } = place.block;
    const rows = desk.rows.filter((row) => within(row, start, end) && !(desk.form && desk.form.row === row.row));
    const stretches = [...rows, ...open.filter((one) => within(one, start, end))];
    const marks = stretches.map((row) => [row.start, row.end, row.row, row.coding, row.drafted, isActive(row), row.open]);
    const chosen = desk.chosen && within(desk.chosen, start, end) ? desk.chosen : null;
    const here = passage_id && word[0] >= start && word[0] < end ? word : null;
    const drawn = JSON.stringify([marks, chosen, here]);
    if (drawn === place.drawn) continue;
    place.drawn = drawn;
    fill(place.element, ...runs(place.block, stretches, chosen, here));
  }
}

// A paragraph parted wherever a row, the chosen words, the word of the keyboard or a zone begins or ends.
function runs(block, stretches, chosen, here) {
  const stops = new Set([block.start, block.end]);
  const add = (start, end) => [start, end].forEach((stop) => stop > block.start && stop < block.end && stops.add(stop));
  block.parts.forEach((part) => add(part.start, part.end));
  stretches.forEach((row) => add(row.start, row.end));
  if (chosen) add(chosen.start, chosen.end);
  if (here) add(...here);
  const sorted = [...stops].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, index) => run(block, start, sorted[index + 1], stretches, chosen, here));
}

function run(block, start, end, stretches, chosen, here) {
  const rows = stretches.filter((row) => within(row, start, end)).sort((a, b) => a.start - b.start || b.end - a.end);
  const part = block.parts.find((one) => within(one, start, end));
  const made = make("span", { className: "run" }, wordsBetween(start, end));
  made.dataset.start = start;
  if (!block.passage_id || !part || part.zone !== "body") made.classList.add("noise");
  if (chosen && within(chosen, start, end)) made.classList.add("chosen");
  if (here && within({ start: here[0], end: here[1] }, start, end)) made.classList.add("cursor");
  if (!rows.length) return made;
  made.classList.add("coded");
  made.dataset.rows = rows.filter((row) => !row.open).map((row) => row.row).join(" ");
  const begins = rows.filter((row) => row.start === start && !row.open).map((row) => row.row);
  if (begins.length) made.dataset.begins = begins.join(" ");
  if (rows.some(isActive)) made.classList.add("active");
  if (rows.some((row) => row.open)) made.classList.add("open");
  if (rows.every((row) => row.drafted)) made.classList.add("drafted");
  const colours = rows.map((row) => `hsl(${hueOf(row.coding)} var(--mark))`);
  made.style.backgroundImage = colours.slice(0, LINES).map((colour) => `linear-gradient(${colour} 0 0)`).join(", ");
  made.style.backgroundPosition = colours.slice(0, LINES).map((_, line) => `0 calc(100% - ${(LINES - 1 - line) * 3}px)`).join(", ");
  made.style.backgroundColor = `hsl(${hueOf(rows.at(-1).coding)} ${rows.length > 1 ? "var(--wash-more)" : "var(--wash)"})`;
  return made;
}

export function choose(start, end) {
  desk.chosen = start === null ? null : { start, end };
  drawBar();
}

export function drawBar() {
  const bar = find("bar");
  bar.hidden = !desk.chosen;
  find("code").disabled = find("use").disabled = false;
  if (!desk.chosen) return;
  const words = wordsBetween(desk.chosen.start, desk.chosen.end);
  const most = desk.codings.get(desk.coding).words;
  const n = countWords(words);
  find("chosen").textContent = words;
  find("chosen-count").textContent = most && n > most ? `${plural(n, "word")}, at most ${most}` : plural(n, "word");
  find("chosen-count").classList.toggle("over", Boolean(most && n > most));
  find("bar-coding").value = desk.coding;
  find("use").hidden = !desk.form;
  find("code").textContent = desk.form ? "Code as a new row" : "Code";
}

// Whole words, without white space at the ends; null where something but running text lies between.
function snapped(start, end) {
  while (start < end && !desk.points[start].trim()) start++;
  while (end > start && !desk.points[end - 1].trim()) end--;
  for (const [first, last] of desk.words) {
    if (first < start && start < last) start = first;
    if (first < end && end < last) end = last;
  }
  return start < end && allRunning(start, end) ? [start, end] : null;
}

function allRunning(start, end) {
  const touched = places.filter(({ block }) => within(block, start, end)).map(({ block }) => block);
  return touched.length > 0 && touched.every((block) => block.passage_id) && start >= touched[0].start && end <= touched.at(-1).end;
}

// The stretch that is selected as a browser does it.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !find("words").contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const touched = [...find("words").querySelectorAll(".run")].filter((one) => range.intersectsNode(one));
  if (!touched.length) return null;
  const at = (one, node, offset, otherwise) =>
    one.contains(node) && node.nodeType === Node.TEXT_NODE ? Array.from(node.data.slice(0, offset)).length : otherwise;
  const last = touched.at(-1);
  const start = Number(touched[0].dataset.start) + at(touched[0], range.startContainer, range.startOffset, 0);
  const end = Number(last.dataset.start) + at(last, range.endContainer, range.endOffset, Array.from(last.textContent).length);
  return start < end ? [start, end] : null;
}

let soon;
document.addEventListener("selectionchange", () => {
  clearTimeout(soon);
  soon = setTimeout(takeSelection, 150);
});

function takeSelection() {
  const stretch = desk.content && selected();
  if (!stretch) return;
  const whole = snapped(...stretch);
  if (!whole) return refuse();
  anchor = null;
  choose(...whole); // drawn only when the words are coded: drawing would end the selection
  cursor = Math.max(0, desk.words.findIndex(([, last]) => last >= whole[1]));
}

function refuse() {
  choose(null);
  const words = "Some of these words are not part of the running text.";
  say(words);
  find("chosen").textContent = "";
  find("chosen-count").textContent = words;
  find("chosen-count").classList.add("over");
  find("code").disabled = find("use").disabled = true;
  find("bar").hidden = false;
}

// The words are taken now, even where the browser has not yet said so.
export function takeNow() {
  clearTimeout(soon);
  takeSelection();
  const { chosen } = desk;
  getSelection().removeAllRanges();
  return chosen;
}

export function rowsAt(point) {
  return desk.rows.filter((row) => row.start <= point && point < row.end);
}

export function listenToText() {
  const words = find("words");
  words.addEventListener("mousedown", (event) => {
    if (event.button || event.shiftKey) return;
    getSelection().removeAllRanges(); // else a press in chosen words would drag them
    for (const one of words.querySelectorAll(".chosen")) one.classList.remove("chosen"); // not drawn anew: that would end the selection
    for (const place of places) if (desk.chosen && within(place.block, desk.chosen.start, desk.chosen.end)) place.drawn = "";
  });
  words.addEventListener("click", (event) => {
    const one = event.target.closest(".run");
    if (!one || !getSelection().isCollapsed) return;
    const node = getSelection().focusNode;
    const inside = node && one.contains(node) ? Array.from((node.data || "").slice(0, getSelection().focusOffset)).length : 0;
    const point = Number(one.dataset.start) + inside;
    const hit = desk.words.findIndex(([, last]) => last >= point);
    if (hit >= 0) cursor = hit;
    anchor = null;
    choose(null);
    if (one.dataset.rows) acts.point(nextRow(one.dataset.rows.split(" ").map(Number)));
    else draw();
  });
  words.addEventListener("keydown", (event) => {
    if (key(event)) event.preventDefault();
  });
}

// The row behind the one that is pointed out, where several lie over each other.
const nextRow = (numbers) => numbers[(numbers.indexOf(desk.active) + 1) % numbers.length];

function moved(key) {
  const blocks = desk.content.blocks.filter((block) => block.words.length);
  const at = blocks.findIndex((block) => desk.words[cursor][0] < block.end);
  const first = (block) => desk.words.findIndex(([start]) => start >= block.start);
  if (key === "ArrowRight") return Math.min(cursor + 1, desk.words.length - 1);
  if (key === "ArrowLeft") return Math.max(cursor - 1, 0);
  if (key === "Home") return first(blocks[at]);
  if (key === "End") return first(blocks[at]) + blocks[at].words.length - 1;
  if (key === "ArrowDown") return at + 1 < blocks.length ? first(blocks[at + 1]) : desk.words.length - 1;
  return cursor > first(blocks[at]) || at === 0 ? first(blocks[at]) : first(blocks[at - 1]);
}

function key(event) {
  const { key: name, shiftKey, altKey } = event;
  if (event.ctrlKey || event.metaKey || !desk.words.length) return false;
  if (["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"].includes(name)) {
    if (altKey && !shiftKey) return false;
    getSelection().removeAllRanges();
    if (altKey) return nudge("end", name === "ArrowRight" ? 1 : name === "ArrowLeft" ? -1 : 0);
    if (shiftKey && anchor === null) anchor = cursor;
    cursor = moved(name);
    if (!shiftKey) anchor = null;
    if (shiftKey) chooseWords();
    else choose(null);
    draw();
    seeCursor();
    say(desk.chosen ? wordsBetween(desk.chosen.start, desk.chosen.end) : wordsBetween(...desk.words[cursor]));
    return true;
  }
  if (altKey) return false;
  if (name === "Enter") {
    const nothing = getSelection().isCollapsed;
    if (!takeNow() && nothing) choose(...desk.words[cursor]);
    if (desk.form) acts.use();
    else acts.code();
    return true;
  }
  if (name === "Escape") {
    getSelection().removeAllRanges();
    anchor = null;
    choose(null);
    draw();
    return true;
  }
  if (name === "s" || name === "S") return chooseSentence();
  if (name === "e" || name === "E") {
    const rows = rowsAt(desk.words[cursor][0]).map((row) => row.row);
    if (rows.length) acts.edit(nextRow(rows));
    return true;
  }
  if (name === "n" || name === "N") return acts.nextDraft();
  if (/^[1-9]$/.test(name)) return acts.chooseCoding(Number(name) - 1);
  return false;
}

function chooseWords() {
  const [first, last] = [Math.min(anchor, cursor), Math.max(anchor, cursor)];
  const [start, end] = [desk.words[first][0], desk.words[last][1]];
  if (allRunning(start, end)) choose(start, end);
  else say("Here something lies between that is not part of the running text.");
}

function chooseSentence() {
  const [start] = desk.words[cursor];
  const sentence = desk.content.blocks.flatMap((block) => block.sentences).find(([first, last]) => first <= start && start < last);
  if (sentence) choose(...sentence);
  anchor = null;
  draw();
  if (sentence) say(wordsBetween(...sentence));
  return true;
}

export function nudge(end, by) {
  if (!desk.chosen) return true;
  const next = { ...desk.chosen, [end]: desk.chosen[end] + by };
  if (next.start < next.end && allRunning(next.start, next.end)) {
    getSelection().removeAllRanges();
    choose(next.start, next.end);
    draw();
    say(wordsBetween(next.start, next.end));
  }
  return true;
}

function seeCursor() {
  find("words").querySelector(".cursor")?.scrollIntoView({ block: "nearest" });
}

// Put the keyboard on the last word before `end`, and the words into view.
export function goTo(start, end, focus = true) {
  const hit = desk.words.findLastIndex(([first]) => first < end);
  cursor = Math.max(0, hit);
  anchor = null;
  draw();
  const one = [...find("words").querySelectorAll(".run")].findLast((made) => Number(made.dataset.start) <= start);
  one?.scrollIntoView({ block: isNarrow() ? "start" : "center" });
  if (focus) find("words").focus({ preventScroll: true });
}
