// The end of a reading: the rows go into the tables of the study, or each problem stands beside its row.

import { desk, fill, find, inWords, make, plural, show } from "./dom.js";
import { keep, meet, send, settled } from "./keep.js";
import { messagesOf } from "./rows.js";

export function askToFinish() {
  const said = find("finish-said");
  find("write").hidden = false;
  find("write").disabled = Boolean(desk.form) || !desk.rows.length;
  find("not-yet").textContent = "Not yet";
  const counted = [...desk.codings.keys()].map((name) => [name, desk.rows.filter((row) => row.coding === name).length]).filter(([, n]) => n);
  const drafted = desk.rows.filter((row) => row.drafted).length;
  const faulty = desk.rows.filter((row) => messagesOf(row).length).length;
  fill(
    said,
    make("p", {}, desk.rows.length ? "These rows go into the tables of the study, in place of those of this reading:" : "There is no row yet."),
    make("ul", {}, ...counted.map(([name, n]) => make("li", {}, `${inWords(name)}: ${plural(n, "row")}`))),
    drafted && make("p", { className: "fault" }, `Nobody has looked over ${plural(drafted, "draft")}: written as drafted.`),
    faulty && make("p", { className: "fault" }, `Something is wrong with ${plural(faulty, "row")}: show the rows “with a fault”.`),
    desk.form && make("p", { className: "fault" }, "A row is open in the form: save or cancel it first."),
  );
  find("finish-dialog").showModal();
}

// Whether the rows were written; the dialog says what came of it.
export async function finish() {
  const said = find("finish-said");
  find("write").disabled = true;
  fill(said, make("p", { role: "status" }, "Holding the rows against the whole study …"));
  if (!(await settled())) {
    find("finish-dialog").close();
    return false;
  }
  let answer;
  try {
    answer = await send("finish", {});
  } catch {
    fill(said, make("p", { className: "fault", role: "alert" }, `The server does not answer; nothing was written. Run “${desk.content.again}” again, then finish again.`));
    return false;
  }
  const { status, given } = answer;
  find("write").hidden = true;
  find("not-yet").textContent = "Go on";
  if (status === 200) {
    const lines = (all) => make("ul", {}, ...all.map((line) => make("li", {}, line)));
    fill(said, make("p", { role: "status" }, "Written:"), lines(given.written), make("p", {}, "What comes next:"), lines(given.next));
    desk.problems = {};
    return true;
  }
  if (status === 422) {
    desk.problems = {};
    for (const one of given.problems) (desk.problems[one.row] ||= []).push(one);
    const ofRow = given.problems.filter((one) => desk.rows.some((row) => row.row === one.row));
    const where = (one) => (ofRow.includes(one) ? `Row ${one.row}: ` : "");
    fill(
      said,
      make("p", { role: "alert" }, `Nothing was written: ${plural(given.problems.length, "problem")}.`),
      make("ul", {}, ...given.problems.map((one) => make("li", {}, `${where(one)}${one.message}. Remedy: ${one.remedy}.`))),
      ofRow.length && make("p", {}, "What is wrong with a row stands beside it, too."),
    );
    if (ofRow.length) find("filter").value = "faults";
    show("rows");
    find("rows").scrollTop = 0;
  } else if (status === 409) {
    find("finish-dialog").close();
    if (await meet()) keep();
  } else fill(said, make("p", { className: "fault", role: "alert" }, given.error));
  return false;
}
