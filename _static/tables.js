// Tables: a box that scrolls takes the keyboard only while there is more to see. Tables of class "browse" can be sorted by their heads,
// searched, and filtered by the columns with data-options; without this script they are plain and complete.
(() => {
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
    const choose = () => {
      hold();
      const words = fold(search.value).split(" ");
      const chosen = filters.filter(({ select }) => select.value);
      let left = 0;
      for (const { row, texts, folded } of rows) {
        const fits = words.every((word) => folded.includes(word))
          && chosen.every(({ column, select }) => texts[column].split(", ").includes(select.value));
        row.hidden = !fits;
        left += fits;
      }
      count.textContent = `${left} of ${rows.length} rows${left ? "" : ": nothing fits"}`;
      box.scrollTop = 0;
    };
    const sort = (column, direction) => {
      heads.forEach((head) => head.removeAttribute("aria-sort"));
      if (direction) heads[column].setAttribute("aria-sort", direction);
      const sign = direction === "descending" ? -1 : 1;
      const sorted = direction ? [...rows].sort((one, other) => compare(one.keys[column], other.keys[column], sign)) : rows;
      body.append(...sorted.map(({ row }) => row));
      box.scrollTop = 0;
    };
    const next = { null: "ascending", ascending: "descending" };
    const clear = make("button", { type: "button", onclick: () => {
      search.value = "";
      filters.forEach(({ select }) => { select.value = ""; });
      sort();
      choose();
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
    count.textContent = `${rows.length} of ${rows.length} rows`;
    box.before(tools);
  };

  const begin = () => {
    document.querySelectorAll(".scroll.browse").forEach(browse);
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
