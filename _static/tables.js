// Tables: a box that scrolls takes the keyboard only while there is more to see. Tables of class "browse" can be sorted by their heads,
// searched, filtered by the columns with data-options, and paged; without this script they are plain and complete.
(() => {
  const PAGE = 25; // rows

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[“”„«»]/g, '"').replace(/[‘’‚`´]/g, "'").replace(/[‐‑‒–—]/g, "-").replace(/\s+/g, " ").trim();

  const make = (tag, properties = {}, ...content) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...content);
    return element;
  };

  // What a reader sees of a cell: the quoted words of an evidence link show only when it is pointed at.
  const shown = (cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(".ev-words").forEach((words) => words.remove());
    return copy.textContent.trim();
  };

  // What a cell is sorted by: what it carries for that (nothing: missing), its number, or its text from the first letter or digit on.
  const key = (cell, text) => cell.dataset.sort ?? (cell.classList.contains("number")
    ? Number(text.replace(/,/g, "")) : fold(text).replace(/^[^\p{L}\p{N}]+/u, ""));

  const compare = (one, other, sign) => {
    if (one === "" || other === "") return (one === "") - (other === "");
    return one < other ? -sign : one > other ? sign : 0;
  };

  const browse = (box) => {
    const table = box.querySelector("table");
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...body.rows].map((row) => {
      const texts = [...row.cells].map(shown);
      return { row, texts, folded: fold(texts.join(" ")), keys: [...row.cells].map((cell, column) => key(cell, texts[column])) };
    });
    const count = make("p", { role: "status" });
    const search = make("input", { type: "search", autocomplete: "off" });
    const filters = heads.flatMap((head, column) => {
      if (!head.dataset.options) return [];
      const select = make("select", {}, new Option("all", ""), ...JSON.parse(head.dataset.options).map((value) => new Option(value, value)));
      return [{ column, select, label: make("label", {}, head.textContent, select) }];
    });

    // Columns keep the widths that they have with all rows, until the window is turned or resized.
    const hold = () => {
      if (table.style.tableLayout) return;
      const widths = [table, ...heads].map((part) => [part, part.getBoundingClientRect().width]);
      widths.forEach(([part, wide]) => { part.style.width = `${wide}px`; });
      table.style.tableLayout = "fixed";
    };
    let width = innerWidth;
    addEventListener("resize", () => {
      if (width === innerWidth) return;
      width = innerWidth;
      [table, ...heads].forEach((part) => part.removeAttribute("style"));
    });
    let order = rows;
    let fitting = rows;
    let page = 0;
    const turn = (to) => {
      const last = Math.max(0, Math.ceil(fitting.length / PAGE) - 1);
      page = Math.min(Math.max(to, 0), last);
      const shownRows = new Set(fitting.slice(page * PAGE, (page + 1) * PAGE));
      rows.forEach((one) => { one.row.hidden = !shownRows.has(one); });
      count.textContent = `${fitting.length} of ${rows.length} rows${fitting.length ? "" : ": nothing fits"}`
        + (last ? `, page ${page + 1} of ${last + 1}` : "");
      back.disabled = page === 0;
      forth.disabled = page === last;
      pager.hidden = last === 0;
      box.scrollTop = 0;
    };
    const leaf = (step) => () => {
      turn(page + step);
      tools.scrollIntoView({ block: "start" });
    };
    const back = make("button", { type: "button", onclick: leaf(-1) }, "Previous rows");
    const forth = make("button", { type: "button", onclick: leaf(1) }, "Next rows");
    const pager = make("div", { className: "table-tools pager" }, back, forth);
    const choose = () => {
      hold();
      const words = fold(search.value).split(" ");
      const chosen = filters.filter(({ select }) => select.value);
      fitting = order.filter(({ texts, folded }) => words.every((word) => folded.includes(word))
        && chosen.every(({ column, select }) => texts[column].split(", ").includes(select.value)));
      turn(0);
    };
    const sort = (column, direction) => {
      heads.forEach((head) => head.removeAttribute("aria-sort"));
      if (direction) heads[column].setAttribute("aria-sort", direction);
      const sign = direction === "descending" ? -1 : 1;
      order = direction ? [...rows].sort((one, other) => compare(one.keys[column], other.keys[column], sign)) : rows;
      body.append(...order.map(({ row }) => row));
      choose();
    };
    const next = { null: "ascending", ascending: "descending" };
    const clear = make("button", { type: "button", onclick: () => {
      search.value = "";
      filters.forEach(({ select }) => { select.value = ""; });
      sort();
    } }, "Clear");
    heads.forEach((head, column) => {
      const button = make("button", { type: "button", onclick: () => sort(column, next[head.getAttribute("aria-sort")]) });
      button.append(...head.childNodes);
      head.append(button);
    });
    search.addEventListener("input", choose);
    filters.forEach(({ select }) => select.addEventListener("change", choose));

    const name = table.caption.textContent;
    const tools = make("div", { className: "table-tools", role: "group", ariaLabel: name },
      make("p", { className: "title", ariaHidden: "true" }, name),
      make("label", { className: "search" }, "Search", search), ...filters.map(({ label }) => label), clear, count);
    box.before(tools);
    box.after(pager);
    turn(0);
  };

  // The table of the book on a telephone: one text at a time.
  const choose = (box) => {
    const heads = [...box.querySelectorAll("thead [data-text]")];
    const select = make("select", {}, ...heads.map((head) => new Option(head.firstChild.textContent, head.dataset.text)));
    const show = () => {
      box.dataset.one = select.value;
      box.querySelectorAll("[data-text]").forEach((cell) => cell.classList.toggle("chosen", cell.dataset.text === select.value));
    };
    select.addEventListener("change", show);
    box.before(make("label", { className: "choose-text" }, "Show ", select));
    show();
  };

  const begin = () => {
    document.querySelectorAll(".scroll.browse").forEach(browse);
    document.querySelectorAll(".scroll.book-table").forEach(choose);
    const reach = new ResizeObserver((seen) => seen.forEach(({ target }) => {
      const box = target.closest(".scroll");
      const more = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
      if (more) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }));
    document.querySelectorAll(".scroll").forEach((box) => [box, box.querySelector("table")].forEach((part) => reach.observe(part)));
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
