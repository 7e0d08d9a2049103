// What a receipt proves: the same checks, codes and order as qyzmet.ledger.verdict.
import { sha256 } from "@noble/hashes/sha2.js";
import { checkHead, checkInclusion, checkPromise, checkProof, parseCheckpoint, parseProof, parsePromise } from "./log.js";
import { Policy, parseKey, parseNote } from "./notes.js";
import { Invalid, bytes, canonical, fromHex, hex, isObject, isText } from "./strict.js";
import { join, need, parseObject, same, utf8 } from "./strict.js";

const SKEW_SECONDS = 300;
export const RECEIPT_LIMIT = 10_000_000;
const HASH = /^[0-9a-f]{64}$/;
const NOWHERE = new Uint8Array(32);

// ---- the receipt

const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{3})([+-])(\d\d):(\d\d)$/;
const isDay = (text) => {
  const [year, month, day] = /^\d{4}-\d\d-\d\d$/.test(text) ? text.split("-").map(Number) : [0, 0, 0];
  return year > 0 && month > 0 && month < 13 && day > 0 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
};

function moment(text) {
  const found = TIME.exec(text);
  if (!found || !isDay(text.slice(0, 10))) return null;
  const [, , , , hour, minute, second, , sign, hours, minutes] = found;
  const real = hour < 24 && minute < 60 && second < 60 && hours < 24 && minutes < 60;
  return real && !(sign === "-" && hours + minutes === "0000") ? Date.parse(text) : null;
}

function parseLeaf(text) {
  need(bytes(text).length <= 1000, "bad_leaf");
  const fields = parseObject(text, "leaf");
  const at = typeof fields.t === "string" ? moment(fields.t) : null;
  const strings = ["c", "p", "r", "d"].filter((name) => name in fields);
  const good =
    fields.v === 1 &&
    at !== null &&
    Object.keys(fields).every((name) => "vtcprd".includes(name)) &&
    strings.every((name) => isText(fields[name])) &&
    ["c", "p"].every((name) => HASH.test(fields[name] ?? (name === "p" ? "0".repeat(64) : ""))) &&
    (!("d" in fields) || isDay(fields.d)) &&
    canonical(fields) === text;
  need(good, "bad_leaf");
  return { ...fields, at };
}

const shallow = (value, left = 8) =>
  typeof value !== "object" || value === null || (left > 0 && Object.values(value).every((one) => shallow(one, left - 1)));

export function parseReceipt(data) {
  need(data.length <= RECEIPT_LIMIT, "receipt_too_long", { limit: RECEIPT_LIMIT });
  const fields = parseObject(utf8(data, "bad_json", { what: "receipt" }), "receipt");
  const bad = (why, more) => ["bad_receipt", { why, ...more }];
  need(fields.format === "qyzmet.receipt/v1", ...bad("format"));
  only(fields, ["format", "log", "case", "steps", "texts"]);
  const { steps, texts = {} } = fields;
  need(Array.isArray(steps) && steps.length >= 1 && steps.length <= 2000, ...bad("steps"));
  need(isObject(texts) && Object.keys(texts).every((key) => HASH.test(key)), ...bad("texts"));
  need(Object.values(texts).every(isText), ...bad("texts"));
  need(isText(fields.log), ...bad("log"));
  const log = parseKey(fields.log);
  need(isText(fields.case), ...bad("case"));
  return { log, case: fields.case, steps: steps.map(parseStep), texts };
}

function only(fields, known) {
  const unknown = Object.keys(fields).filter((name) => !known.includes(name)).sort();
  need(!unknown.length, "bad_receipt", { why: "unknown_name", name: unknown[0]?.slice(0, 40) });
}

function parseStep(fields) {
  need(isObject(fields), "bad_receipt", { why: "step" });
  only(fields, ["leaf", "salt", "content", "proof", "promise"]);
  const text = (name) => need(isText(fields[name]), "bad_receipt", { why: name });
  text("leaf");
  checkOpeningForm(fields);
  need("proof" in fields || "promise" in fields, "bad_receipt", { why: "neither_proof_nor_promise" });
  const leaf = parseLeaf(fields.leaf);
  for (const name of ["proof", "promise"]) if (name in fields) text(name);
  return { ...fields, text: fields.leaf, leaf, proof: "proof" in fields ? parseProof(fields.proof) : null };
}

function checkOpeningForm(fields) {
  need("salt" in fields === "content" in fields, "bad_receipt", { why: "opening" });
  if (!("salt" in fields)) return;
  need(isText(fields.salt), "bad_receipt", { why: "salt" });
  need(HASH.test(fields.salt) && isObject(fields.content), "bad_receipt", { why: "opening" });
  try {
    need(shallow(fields.content), "bad_receipt");
    canonical(fields.content);
  } catch {
    throw new Invalid("bad_receipt", { why: "content" });
  }
}

export const leafHash = (text) => sha256(join([0], bytes(text)));

export async function checkReceipt(receipt, policy) {
  const [steps, problems] = [[], []];
  let previous = null;
  for (const [at, step] of receipt.steps.entries()) {
    const found = { n: at + 1, leaf: step.leaf, content: step.content ?? null, seen: null, promise: null };
    steps.push(found);
    const hashed = leafHash(step.text);
    const run = async (check) => {
      try {
        await check();
      } catch (error) {
        if (!(error instanceof Invalid)) throw error;
        problems.push({ step: found.n, code: error.code, values: error.values });
      }
    };
    await run(async () => {
      if (step.proof) [found.seen, found.index] = [await checkProof(step.proof, hashed, policy), step.proof.index];
    });
    if (found.seen?.missing) problems.push({ step: found.n, code: MISSING, values: found.seen.missing });
    await run(async () => {
      if ("promise" in step) found.promise = await checkPromise(step.promise, hashed, policy);
    });
    await run(() => checkOpening(step));
    await run(() => checkTime(found));
    if ((step.leaf.p ?? null) !== previous) problems.push({ step: found.n, code: "chain_broken", values: {} });
    previous = hex(hashed);
  }
  problems.push(...together(receipt, policy, steps));
  return { case: receipt.case, steps, problems, proved: steps.every((step) => step.seen && !step.seen.missing) };
}

function checkOpening({ salt, content, leaf }) {
  if (content === undefined) return;
  need(hex(sha256(join(fromHex(salt), bytes(canonical(content))))) === leaf.c, "content_changed");
  need(!("r" in leaf) || content.rule === leaf.r, "clear_differs", { name: "rule" });
  need(!("d" in leaf) || content.due_on === leaf.d, "clear_differs", { name: "due_on" });
}

function checkTime({ leaf, seen }) {
  for (const { name, time } of seen?.witnesses ?? []) {
    need(leaf.at / 1000 <= time + SKEW_SECONDS, "later_than_seen", { witness: name });
  }
}

function together(receipt, policy, steps) {
  const found = [];
  const wrong = (step, code, values = {}) => found.push({ step, code, values });
  steps.slice(1).forEach((step, at) => step.leaf.at < steps[at].leaf.at && wrong(step.n, "time_went_back"));
  const placed = steps.filter((step) => step.seen);
  placed.slice(1).forEach((step, at) => step.index <= placed[at].index && wrong(step.n, "order_changed"));
  for (const { n, content, seen } of steps) {
    if (content && content.case !== receipt.case) wrong(n, "other_case");
    if (content && content.n !== n) wrong(n, "step_missing");
    if (seen && seen.origin !== receipt.log.name) wrong(n, "other_log", { name: receipt.log.name });
  }
  if (steps.every((step) => !step.content)) wrong(0, "nothing_opened");
  const { name, text } = receipt.log;
  const sameName = policy.logs.some((key) => key.name === name);
  if (!policy.logs.some((key) => key.text === text)) wrong(0, sameName ? "other_key" : "other_log", { name });
  const named = new Set(steps.flatMap((step) => Object.values(step.content ?? {})));
  for (const [key, text] of Object.entries(receipt.texts)) {
    const right = hex(sha256(bytes(text))) === key;
    if (!right || !named.has(key)) wrong(0, right ? "text_of_nothing" : "text_changed");
  }
  return found;
}

// ---- files as a person brings them

export function recognise(name, data) {
  const start = latin1Start(data);
  if (/^[ \t\n\r\v\f]*\{/.test(start)) return { name, kind: "receipt", value: parseReceipt(data) };
  const text = utf8(data, "verify_unknown_file");
  if (start.startsWith("c2sp.org/tlog-proof@v1")) return { name, kind: "proof", text, value: parseProof(text) };
  if (start.startsWith("qyzmet.promise/v1")) {
    return { name, kind: "promise", text, value: parsePromise(parseNote(text).text) };
  }
  try {
    return { name, kind: "checkpoint", text, value: parseCheckpoint(parseNote(text).text) };
  } catch {
    throw new Invalid("verify_unknown_file");
  }
}

const latin1Start = (data) => String.fromCharCode(...data.subarray(0, 64));

export const leavesOf = ({ kind, value }) =>
  kind === "receipt" ? value.steps.map((step) => leafHash(step.text)) : kind === "promise" ? [value.leaf] : [];

// One file judged by a policy; `leaves` are the entries other files tell of, `entered` those that were proved to stand.
export async function judge(file, trusted, leaves, entered) {
  const found = { file, trusted: Boolean(trusted), steps: [], problems: [], heads: [], proved: false };
  if (file.kind === "receipt") {
    found.policy = trusted ?? new Policy(bytes(`log ${file.value.log.text}\nquorum none\n`));
    Object.assign(found, await checkReceipt(file.value, found.policy));
    found.heads = found.steps.filter((step) => step.seen).map((step) => step.seen);
    return found;
  }
  need(trusted, "verify_no_policy");
  found.policy = trusted;
  try {
    await judgeBare(found, file, leaves, entered);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    found.problems.push({ step: 0, code: error.code, values: error.values });
  }
  return found;
}

async function judgeBare(found, { kind, text, value }, leaves, entered) {
  if (kind === "promise") {
    found.promise = await checkPromise(text, value.leaf, found.policy);
    found.proved = entered.has(hex(value.leaf));
    return;
  }
  const head = await checkHead(kind === "proof" ? value.checkpoint : text, found.policy);
  if (head.missing) found.problems.push({ step: 0, code: MISSING, values: head.missing });
  if (kind === "proof") {
    const meant = leaves.filter((leaf) => stands(value, head, leaf));
    if (!meant.length) stands(value, head, NOWHERE);
    meant.forEach((leaf) => entered.add(hex(leaf)));
    found.proved = meant.length > 0;
  } else {
    found.proved = true;
  }
  found.seen = head;
  found.heads = [head];
}

function stands(proof, head, leaf) {
  try {
    checkInclusion({ ...proof, ...head, leaf });
    return true;
  } catch (error) {
    if (error.code !== "wrong_root") throw error;
    return false;
  }
}

// Two signed heads of one log and size with different roots. Without a policy two keys are two logs.
export function forks(all) {
  const [first, found] = [new Map(), new Map()];
  for (const { trusted, heads } of all) {
    for (const head of heads) {
      const label = `${trusted ? head.origin : head.log.text}\n${head.size}`;
      const one = first.get(label) ?? head;
      first.set(label, one);
      if (!same(one.root, head.root)) found.set(`${label}\n${hex(head.root)}`, { ...head, notes: [one.note, head.note] });
    }
  }
  return [...found.values()];
}

// The one problem that contradicts nothing: a new head waits for its witnesses, one kept secret gets none.
export const MISSING = "quorum_not_met";

export const outcomeOf = ({ problems, proved, trusted }) =>
  problems.some((one) => one.code !== MISSING)
    ? "does_not_hold"
    : proved && trusted && !problems.length
      ? "holds"
      : "not_all_proved";
