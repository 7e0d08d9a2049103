// The page: files in, a verdict out. Everything happens here; nothing is sent anywhere.
import { Policy, onlyBundled } from "./notes.js";
import { Invalid, latin1 } from "./strict.js";
import { MISSING, RECEIPT_LIMIT, forks, judge, leavesOf, outcomeOf, recognise } from "./verdict.js";
import * as words from "./words.js";

const { say } = words;
const given = { receipts: [], policy: null };
const $ = (id) => document.getElementById(id);

function element(name, attributes = {}, ...children) {
  const made = name.includes(":")
    ? document.createElementNS("http://www.w3.org/2000/svg", name.split(":")[1])
    : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// ---- judging

async function bytesOf(file, limit) {
  return new Uint8Array(await file.slice(0, limit + 1).arrayBuffer());
}

async function judged() {
  const [files, failed, found] = [[], [], []];
  const attempt = async (name, action) => {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      failed.push({ name, code: error.code, values: error.values });
      return null;
    }
  };
  for (const file of given.receipts) {
    const read = await attempt(file.name, async () => recognise(file.name, await bytesOf(file, RECEIPT_LIMIT)));
    if (read) files.push(read);
  }
  const { policy: policyFile } = given;
  const policy = policyFile && (await attempt(policyFile.name, async () => new Policy(await bytesOf(policyFile, 200_000))));
  if (policyFile && !policy) return { found, failed, split: [], outcome: "unreadable" };
  const [leaves, entered] = [files.flatMap(leavesOf), new Set()];
  files.sort((one, other) => (one.kind === "promise") - (other.kind === "promise"));
  for (const file of files) {
    const one = await attempt(file.name, () => judge(file, policy, leaves, entered));
    if (one) found.push(one);
  }
  const split = forks(found);
  return { found, failed, split, outcome: worst(found, failed, split) };
}

function worst(found, failed, split) {
  const outcomes = found.map(outcomeOf);
  if (split.length || outcomes.includes("does_not_hold")) return "does_not_hold";
  if (failed.length) return "unreadable";
  return outcomes.includes("not_all_proved") ? "not_all_proved" : "holds";
}

// ---- showing

const line = (text) => element("p", {}, text);
const problemWords = ({ step, code, values }) =>
  step ? say("verify_problem", { n: step, words: say(code, values) }) : say(code, values);

function problemList({ found, failed, split, outcome }) {
  const items = [
    ...found.flatMap((one) => one.problems).map((one) => [one.step, one.code, problemWords(one)]),
    ...split.map((one) => [0, "fork", say("fork", { origin: one.origin, size: one.size })]),
    ...failed.map((one) => [0, one.code, `${one.name}: ${say(one.code, one.values)}`]),
  ].map(([step, code, text]) => element("li", { "data-step": step, "data-code": code }, text));
  if (!items.length) return [];
  const notes = split.flatMap((one) => one.notes.map((note) => element("pre", { tabindex: "0" }, note)));
  const after = notes.length ? [line(say("verify_fork_notes")), ...notes] : [];
  const heading = outcome === "not_all_proved" ? "page_missing" : "page_problems";
  return [element("h3", {}, say(heading)), element("ul", { class: "problems" }, ...items), ...after];
}

function seenBy(found, seen) {
  if (!found.trusted) return say("verify_witnesses_unknown");
  if (!seen.witnesses.length) return say("verify_city_only");
  const names = seen.witnesses.map(({ name, time }) => `${name} (${words.moment(time * 1000)})`).join("; ");
  return say("verify_seen", { count: seen.witnesses.length, of: found.policy.witnesses.size, names });
}

function promised({ origin, by }) {
  const over = Date.now() / 1000 > by ? [line(say("verify_promise_over"))] : [];
  return [line(say("verify_promised", { log: origin, by: words.moment(by * 1000) })), ...over];
}

const entered = (index, seen) => line(say("verify_in_log", { index, size: seen.size, log: seen.log.name }));

function stepRow(found, step) {
  const content = step.content;
  const what = content ? words.event(content.event) : say("verify_inside");
  const cell = [line(say("verify_step", { n: step.n, event: what, at: words.moment(step.leaf.at) }))];
  const received = content?.event === "register" ? Date.parse(content.received_at) : NaN;
  if (!Number.isNaN(received)) cell.push(line(say("verify_received", { at: words.moment(received) })));
  if (/^\d{4}-(0[1-9]|1[0-2])-\d\d$/.test(content?.due_on)) {
    cell.push(line(say("verify_due", { day: words.day(content.due_on), rule: words.rule(content.rule) })));
  }
  const promise = step.promise ? promised(step.promise) : [line(say("verify_not_in_log"))];
  const log = step.seen ? [entered(step.index, step.seen)] : promise;
  const seen = step.seen ? [line(seenBy(found, step.seen))] : [line("–")];
  const row = [element("th", { scope: "row" }, ...cell), element("td", {}, ...log), element("td", {}, ...seen)];
  return element("tr", {}, ...row);
}

function table(found) {
  const heads = ["page_column_step", "page_column_log", "page_column_seen"];
  const head = element("tr", {}, ...heads.map((code) => element("th", { scope: "col" }, say(code))));
  const caption = element("caption", {}, say("page_steps"));
  const rows = found.steps.map((step) => stepRow(found, step));
  const made = element("table", {}, caption, element("thead", {}, head), element("tbody", {}, ...rows));
  return element("div", { class: "wide", role: "region", tabindex: "0", "aria-label": say("page_steps") }, made);
}

// Each step is a ring of the chain: full where it is proved, broken lines where it is not, a square where it is wrong.
function drawing({ steps, problems }) {
  const wrong = new Set(problems.filter((one) => one.code !== MISSING).map((one) => one.step));
  const torn = new Set(problems.filter((one) => one.code === "chain_broken").map((one) => one.step));
  const kinds = steps.map((step) => (wrong.has(step.n) ? "wrong" : step.seen && !step.seen.missing ? "proved" : "open"));
  const count = (kind) => kinds.filter((one) => one === kind).length;
  const label = say("page_chain", { proved: count("proved"), open: count("open"), wrong: count("wrong") });
  const width = 56 * steps.length;
  const size = { viewBox: `0 0 ${width} 48`, width, height: 48 };
  const drawn = element("svg:svg", { ...size, role: "img", "aria-label": label, class: "chain" });
  steps.forEach(({ n }, at) => {
    const x = 28 + 56 * at;
    const link = torn.has(n) ? "torn" : "whole";
    if (at) drawn.append(element("svg:line", { x1: x - 40, y1: 24, x2: x - 16, y2: 24, class: link }));
    const shape = { wrong: ["svg:rect", { x: x - 14, y: 10, width: 28, height: 28 }] }[kinds[at]];
    const [name, place] = shape ?? ["svg:circle", { cx: x, cy: 24, r: 15 }];
    drawn.append(element(name, { ...place, class: kinds[at] }));
    drawn.append(element("svg:text", { x, y: 29, "text-anchor": "middle", class: kinds[at] }, String(n)));
  });
  return element("div", { class: "wide", role: "region", tabindex: "0", "aria-label": label }, drawn);
}

function receiptPart(found) {
  const { steps, file, problems } = found;
  const parts = [element("h3", {}, say("verify_case", { case: found.case, count: steps.length })), drawing(found), table(found)];
  parts.push(line(say("verify_ends", { n: steps.length })), line(say("verify_due_elsewhere")));
  const texts = Object.entries(file.value.texts);
  if (texts.length && !problems.some((one) => one.code.startsWith("text_"))) {
    const shown = texts.map(([, text]) => element("pre", { tabindex: "0", lang: "und" }, text));
    const summary = element("summary", {}, say("page_texts"));
    parts.push(element("details", {}, summary, line(say("verify_texts", { count: texts.length })), ...shown));
  }
  return parts;
}

function barePart(found) {
  const { kind, value } = found.file;
  const parts = [element("h3", {}, say("verify_in_file", { path: found.file.name }))];
  if (found.promise) parts.push(...(found.proved ? [line(say("verify_promise_kept"))] : promised(found.promise)));
  if (!found.seen) return parts;
  if (kind === "proof") {
    parts.push(entered(value.index, found.seen), line(say(found.proved ? "verify_entry_given" : "verify_entry_unknown")));
    if (value.extra) parts.push(line(say("verify_extra", { count: value.extra.length })));
  } else {
    parts.push(line(say("verify_head", { origin: found.seen.origin, size: found.seen.size })));
    parts.push(line(say("verify_signed_by", { name: found.seen.log.name })));
  }
  return [...parts, line(seenBy(found, found.seen))];
}

let last = null;

function show() {
  document.documentElement.lang = words.lang;
  document.title = say("page_title");
  for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  for (const one of document.querySelectorAll("[data-label]")) one.setAttribute("aria-label", say(one.dataset.label));
  for (const one of document.querySelectorAll("[data-lang]")) {
    one.setAttribute("aria-pressed", String(one.dataset.lang === words.lang));
  }
  const chosen = (files) => files.map((file) => file.name).join(", ") || say("page_nothing");
  $("receipts-chosen").textContent = chosen(given.receipts);
  $("policy-chosen").textContent = chosen(given.policy ? [given.policy] : []);
  const result = $("result");
  result.hidden = !last;
  delete result.dataset.verdict;
  if (!last) return;
  const { found, outcome } = last;
  result.dataset.verdict = outcome;
  const parts = [element("p", { class: "verdict" }, say(`verdict_${outcome}`))];
  if (found.some((one) => !one.trusted)) parts.push(element("p", { class: "warning" }, say("verify_key_from_file")));
  else if (given.policy && found.length) parts.push(line(say("verify_policy", { path: given.policy.name })));
  parts.push(...problemList(last));
  for (const one of found) parts.push(...(one.file.kind === "receipt" ? receiptPart(one) : barePart(one)));
  $("said").replaceChildren(...parts);
}

let turn = 0;

async function check() {
  const mine = ++turn;
  last = null; // the old verdict is not one on the new files
  show();
  if (!given.receipts.length) return;
  const judgement = await judged();
  if (mine !== turn) return;
  last = judgement;
  show();
  $("result-heading").focus();
}

// ---- what a person does

const POLICY = /^[ \t]*(log|witness|group|quorum)[ \t]/m;

async function dropped(files) {
  const receipts = [];
  for (const file of files) {
    const start = latin1(await bytesOf(file, 100_000));
    const isPolicy = !/^\s*\{/.test(start) && POLICY.test(start) && !start.includes("\n\n\u00e2\u0080\u0094 ");
    if (isPolicy) given.policy = file;
    else receipts.push(file);
  }
  if (receipts.length) given.receipts = receipts;
  await check();
}

$("receipts").addEventListener("change", async (event) => {
  given.receipts = [...event.target.files];
  await check();
});
$("policy").addEventListener("change", async (event) => {
  given.policy = event.target.files[0] ?? null;
  await check();
});
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", async (event) => {
  event.preventDefault();
  await dropped([...event.dataTransfer.files]);
});
for (const button of document.querySelectorAll("[data-lang]")) {
  button.addEventListener("click", () => {
    words.choose(button.dataset.lang);
    show();
  });
}
words.choose(location.hash.slice(1));
if (new URLSearchParams(location.search).has("bundled")) onlyBundled();
show();
document.body.dataset.ready = "yes";
