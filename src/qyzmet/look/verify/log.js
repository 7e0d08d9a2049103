// What a log proves: its heads, its proofs, its promises; as qyzmet.ledger has them.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytes, decimal, hashFrom, join, need, same, unbase64 } from "./strict.js";
import { parseNote, shown, signers } from "./notes.js";

const EMPTY_ROOT = sha256(new Uint8Array());
const ORIGIN_BYTES = 255;

export function parseCheckpoint(text) {
  const lines = text.slice(0, -1).split("\n");
  need(lines.length >= 3 && !lines.includes(""), "bad_checkpoint", { why: "lines" });
  need(new TextEncoder().encode(lines[0]).length <= ORIGIN_BYTES, "bad_checkpoint", { why: "origin" });
  const [size, root] = [decimal(lines[1], "size"), hashFrom(lines[2], "root")];
  need(size || same(root, EMPTY_ROOT), "bad_checkpoint", { why: "empty_root" });
  return { origin: lines[0], size, root };
}

// Steps share heads: each is checked once.
export function checkHead(text, policy) {
  if (!policy.heads.has(text)) policy.heads.set(text, readHead(text, policy));
  return policy.heads.get(text);
}

async function readHead(text, policy) {
  const note = parseNote(text);
  const checkpoint = parseCheckpoint(note.text);
  const found = await signers(note, [...policy.logs, ...policy.witnesses.values()]);
  const signed = policy.logs.filter((key) => found.has(key.text));
  need(signed.length, "unsigned", { names: policy.logs.map((key) => key.name).sort().join(", ") });
  const log = signed.find((key) => key.name === checkpoint.origin);
  need(log, "wrong_origin", { origin: checkpoint.origin });
  const times = [...found.values()].filter((time) => time !== null);
  const missing = policy.metBy(found) ? null : { quorum: policy.quorum, seen: times.length };
  const named = [...policy.witnesses].filter(([, key]) => found.has(key.text));
  const witnesses = named.map(([name, key]) => ({ name: shown(name), time: Number(found.get(key.text)) }));
  return { ...checkpoint, log, witnesses, missing, note: text };
}

const node = (left, right) => sha256(join([1], left, right));

export function checkInclusion({ index, size, leaf, path, root }) {
  need(index < size, "index_outside", { index, size });
  let [at, last, found] = [index, size - 1n, leaf];
  for (const sibling of path) {
    need(last, "proof_length", { length: path.length });
    found = at & 1n || at === last ? node(sibling, found) : node(found, sibling);
    while (at === last && at && !(at & 1n)) [at, last] = [at >> 1n, last >> 1n];
    [at, last] = [at >> 1n, last >> 1n];
  }
  need(!last, "proof_length", { length: path.length });
  need(same(found, root), "wrong_root", { size });
}

export function parseProof(text) {
  need(bytes(text).length <= 1_100_000, "bad_proof", { why: "too_long" });
  const blank = text.indexOf("\n\n");
  const [first, ...lines] = text.slice(0, Math.max(blank, 0)).split("\n");
  const checkpoint = text.slice(blank + 2);
  need(blank >= 0 && checkpoint && first === "c2sp.org/tlog-proof@v1", "bad_proof", { why: "header" });
  const extra = lines[0]?.startsWith("extra ") ? unbase64(lines.shift().slice(6), "extra") : null;
  need(lines[0]?.startsWith("index "), "bad_proof", { why: "index" });
  const index = decimal(lines.shift().slice(6), "index");
  need(lines.length <= 63, "bad_proof", { why: "path" });
  return { index, path: lines.map((line) => hashFrom(line, "path")), checkpoint, extra };
}

export async function checkProof(proof, leaf, policy) {
  const head = await checkHead(proof.checkpoint, policy);
  checkInclusion({ ...proof, ...head, leaf });
  return head;
}

export function parsePromise(text) {
  const lines = text.split("\n");
  const good = lines.length === 6 && lines[0] === "qyzmet.promise/v1" && lines[1] && !/^\p{Nd}+$/u.test(lines[1]);
  need(good && lines[5] === "", "bad_promise");
  const values = ["leaf", "time", "by"].map((name, at) => {
    need(lines[at + 2].startsWith(`${name} `), "bad_promise");
    return lines[at + 2].slice(name.length + 1);
  });
  const [leaf, time, by] = [hashFrom(values[0], "leaf"), decimal(values[1], "time"), decimal(values[2], "by")];
  need(by >= time, "bad_promise");
  return { origin: lines[1], leaf, time: Number(time), by: Number(by) };
}

export async function checkPromise(text, leaf, policy) {
  const note = parseNote(text);
  const promise = parsePromise(note.text);
  const found = await signers(note, policy.logs);
  const ours = policy.logs.some((key) => found.has(key.text) && key.name === promise.origin);
  need(ours, "wrong_origin", { origin: promise.origin });
  need(same(promise.leaf, leaf), "other_leaf");
  return promise;
}
