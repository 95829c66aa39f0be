// The page Compare: its boxes show and hide the cards, the address holds the choice, and the downloads hold the rows that are shown.
// The page brings every row with it; without this script it shows them all.
(() => {
  const AXES = ["with", "on"];
  const CAUSES = { address: copyAddress, csv: downloadTable, md: downloadProse };
  const row = (part) => JSON.parse(part.dataset.row || "{}");
  let root, tools, count, note;

  const boxes = (axis) => [...tools.querySelectorAll(`input[name="${axis}"]`)];
  const chosen = (axis) => boxes(axis).filter((box) => box.checked).map((box) => box.value);
  const shown = (part) => !part.hidden && !part.closest("section").hidden;
  const cards = () => [...root.querySelectorAll(".compare-card")].filter(shown);
  const number = (n, word) => (n ? [`${n} ${word}${n === 1 ? "" : "s"}`] : []);

  // What the address asks for: all where it does not say; names that the page does not have are left out, and named.
  function readAddress() {
    const asked = new URLSearchParams(location.search);
    const unknown = [];
    for (const axis of AXES) {
      if (!asked.has(axis)) continue;
      const names = asked.get(axis).split(",").map((name) => name.trim()).filter(Boolean);
      const known = names.filter((name) => boxes(axis).some((box) => box.value === name));
      unknown.push(...names.filter((name) => !known.includes(name)));
      if (known.length || !names.length) boxes(axis).forEach((box) => { box.checked = known.includes(box.value); });
    }
    if (unknown.length) note.textContent = `Not known here, and left out: ${unknown.join(", ").slice(0, 200)}.`;
  }

  function writeAddress() {
    const asked = new URLSearchParams(location.search);
    for (const axis of AXES) {
      asked.delete(axis);
      if (chosen(axis).length < boxes(axis).length) asked.set(axis, chosen(axis).join(","));
    }
    const query = String(asked).replaceAll("%2C", ",");
    history.replaceState(history.state, "", location.pathname + (query && `?${query}`) + location.hash);
  }

  function show() {
    const [texts, terms] = AXES.map(chosen);
    root.querySelectorAll(".compare-term").forEach((part) => { part.hidden = !terms.includes(part.id) || !texts.length; });
    root.querySelectorAll(".compare-card").forEach((card) => { card.hidden = !texts.includes(card.dataset.source); });
    const kinds = boxes("with").filter((box) => box.checked).map((box) => row(box).kind);
    const items = rows().filter((one) => one.says);
    const points = items.filter((one) => one.kind === "document").length;
    const parts = [...number(kinds.filter((kind) => kind === "document").length, "document"),
      ...number(kinds.filter((kind) => kind === "text").length, "text"), ...number(terms.length, "term"),
      ...number(items.length - points, "passage"), ...number(points, "point")];
    count.textContent = texts.length && terms.length ? parts.join(", ") : "Nothing is chosen: tick at least one text or document, and one term.";
  }

  // The rows of the cards that are shown, each as {column: value}.
  function rows() {
    const book = row(root);
    const known = Object.fromEntries(boxes("with").map((box) => [box.value, row(box)]));
    return cards().flatMap((card) => {
      const shared = { ...book, ...row(card.closest("section")), ...known[card.dataset.source], ...row(card) };
      const own = [...card.querySelectorAll("li[data-row]")].map(row);
      return (own.length ? own : [{}]).map((one) => ({ ...shared, ...one }));
    });
  }

  const place = () => (location.protocol === "file:" ? location.pathname.split("/").pop() + location.search : location.href.split("#")[0]);

  function copyAddress() {
    const done = () => { note.textContent = "The address is copied."; };
    const failed = () => { note.textContent = "The address could not be copied; it stands in the browser’s address bar."; };
    if (navigator.clipboard) navigator.clipboard.writeText(location.href.split("#")[0]).then(done, failed);
    else failed();
  }

  function download(content, kind, suffix) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: `${kind};charset=utf-8` }));
    link.download = `compare.${suffix}`;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    note.textContent = `Saved as compare.${suffix}.`;
  }

  function downloadTable() {
    const columns = JSON.parse(root.dataset.columns);
    const cell = (value = "") => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
    const lines = [columns, ...rows().map((one) => columns.map((column) => one[column]))];
    download(lines.map((line) => `${line.map(cell).join(",")}\n`).join(""), "text/csv", "csv");
  }

  function downloadProse() {
    const plain = (text) => text.replace(/[\\`*_[\]<>#|~]/g, "\\$&");
    const joined = (parts, mark) => parts.filter(Boolean).join(mark);
    const all = rows();
    const book = row(root);
    const lines = [`# Compared: ${plain(book.book)}`, `Version ${plain(book.version)}. <${encodeURI(decodeURI(place()))}>`];
    all.forEach((one, at) => {
      const before = all[at - 1] || {};
      const level = one.level ? ` (${one.level.replaceAll(";", ", ")})` : "";
      if (one.term !== before.term) lines.push(`## ${plain(one.term)}`);
      if (one.term !== before.term || one.source_id !== before.source_id) lines.push(`### ${plain(one.short)}: ${plain(one.gist + level)}`);
      if (!one.says) return;
      const from = one.kind === "text"
        ? [one.author, `“${one.title}”`, one.outlet, one.date, one.place]
        : [one.title, one.date, one.place, one.side && `position of ${one.side}`, `seen: ${one.seen}`, `grade ${one.grade}`, one.reference];
      const address = one.reference_address || one.address;
      lines.push(`> ${plain(one.quote || one.says)}`, joined([one.quote && plain(one.says), `${plain(joined(from, ", "))}.`,
        address && `<${address}>.`, `In ${plain(book.book)}, version ${plain(book.version)}.`], " "));
    });
    download(`${lines.join("\n\n")}\n`, "text/markdown", "md");
  }

  function begin() {
    root = document.querySelector(".compare");
    if (!root) return;
    [tools, count, note] = [".compare-tools", ".compare-count", ".compare-note"].map((part) => root.querySelector(part));
    tools.hidden = false;
    const renew = () => { note.textContent = ""; show(); writeAddress(); };
    tools.addEventListener("change", renew);
    tools.addEventListener("click", ({ target }) => {
      const { act, set, to } = target.closest("button")?.dataset ?? {};
      if (act) CAUSES[act]();
      if (!set) return;
      boxes(set).forEach((box) => { box.checked = Boolean(to); });
      renew();
    });
    readAddress();
    show();
    if (location.hash && location.search) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
