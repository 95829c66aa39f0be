// Rows of two windows made one by what each changed since both had the same; a row is known by its number.

const words = (row) => row && JSON.stringify([row.coding, row.start, row.end, row.drafted, Object.entries(row.codes).sort()]);

export const sameRow = (one, other) => words(one) === words(other);

// The rows, the numbers of those that both changed each in its way, which have the words of `mine` if `preferMine`, and the new numbers of
// rows of `mine` whose number the other window gave to another new row.
export function merged(base, mine, theirs, preferMine) {
  const [old, own, other] = [base, mine, theirs].map((rows) => new Map(rows.map((row) => [row.row, row])));
  const rows = new Map(other);
  const differ = [];
  const renumbered = new Map();
  let last = Math.max(0, ...own.keys(), ...other.keys());
  const take = (number) => (own.has(number) ? rows.set(number, own.get(number)) : rows.delete(number));
  for (const number of new Set([...old.keys(), ...own.keys()])) {
    const [was, is, there] = [old, own, other].map((all) => all.get(number));
    if (sameRow(is, was) || sameRow(is, there)) continue;
    if (sameRow(there, was)) take(number);
    else if (!was) {
      renumbered.set(number, ++last);
      rows.set(last, { ...is, row: last });
    } else {
      differ.push(number);
      if (preferMine) take(number);
    }
  }
  return { rows: [...rows.values()], differ, renumbered };
}
