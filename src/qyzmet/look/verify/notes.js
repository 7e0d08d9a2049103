// Keys, signed notes and policies, as qyzmet.ledger.keys, note and policy have them.
import * as ed25519 from "@noble/ed25519";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { Invalid, bytes, hex, join, latin1, need, same, unbase64, utf8 } from "./strict.js";

ed25519.hashes.sha512 = sha512;
export const LOG = 1;
export const WITNESS = 4;
const LENGTHS = { 1: 32, 4: 32, 6: 1312 };
// what Unicode calls white space; \s of JavaScript differs by two signs
const SPACES = "\\u0009-\\u000d\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const NAME = new RegExp(`^[^${SPACES}+\\u0000-\\u001f]+$`, "u");
const subtle = globalThis.crypto?.subtle;
let native = Boolean(subtle);

// The browser's own Ed25519 where it has one and lets a page from a disk use it; else the one bundled here.
export async function verifies(key, signature, message) {
  if (signature.length !== 64) return false;
  if (native) {
    try {
      const imported = await subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
      return await subtle.verify("Ed25519", imported, signature, message);
    } catch (error) {
      if (error.name === "DataError") return false;
      native = false;
    }
  }
  try {
    return ed25519.verify(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}

export const onlyBundled = () => {
  native = false;
};

function keyName(name) {
  need(NAME.test(name) && !/[\ud800-\udfff]/u.test(name), "bad_key_name", { name: name.slice(0, 100) });
  return name;
}

export function parseKey(line) {
  const [name, id = "", ...rest] = line.split("+");
  const bad = (why) => ["bad_key", { why, given: line.slice(0, 100) }];
  need(/^[0-9a-f]{8}$/.test(id), ...bad("id"));
  const data = unbase64(rest.join("+"), "key");
  const kind = data[0] ?? 0;
  need(LENGTHS[kind] === data.length - 1, ...bad("kind"));
  const found = hex(sha256(join(bytes(keyName(name)), [10], data)).slice(0, 4));
  need(found === id, ...bad("id"));
  return { name, kind, raw: data.slice(1), id, text: line };
}

function parseSignature(line) {
  const body = line.startsWith("— ") ? line.slice(2) : "";
  const blank = body.indexOf(" ");
  const [name, encoded] = blank < 0 ? [body, ""] : [body.slice(0, blank), body.slice(blank + 1)];
  need(encoded, "bad_note", { why: "signature_line" });
  const data = unbase64(encoded, "signature");
  need(data.length > 4, "bad_note", { why: "signature_length" });
  return { name: keyName(name), id: hex(data.slice(0, 4)), data: data.slice(4) };
}

export function parseNote(text) {
  need(bytes(text).length <= 1_000_000, "note_too_long", { limit: 1_000_000 });
  const control = /[\u0000-\u0009\u000b-\u001f]/.exec(text);
  const sign = control && `U+${control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  need(!control, "control_character", { sign });
  const blank = text.lastIndexOf("\n\n");
  need(blank >= 0 && text.endsWith("\n") && blank + 2 < text.length, "bad_note", { why: "no_signatures" });
  const rows = text.slice(blank + 2, -1).split("\n");
  need(rows.length <= 100, "too_many_signatures", { limit: 100 });
  return { text: text.slice(0, blank + 1), signatures: rows.map(parseSignature) };
}

// Whose signatures hold: a map from the key's line to the time (null for a log).
export async function signers(note, keys) {
  const known = new Map();
  for (const key of keys) {
    const label = `${key.name}+${key.id}`;
    need(!known.has(label) || same(known.get(label).raw, key.raw), "ambiguous_keys", { name: key.name });
    known.set(label, key);
  }
  const found = new Map();
  for (const signature of note.signatures) {
    const key = known.get(`${signature.name}+${signature.id}`);
    if (!key || ![LOG, WITNESS].includes(key.kind)) continue;
    const time = await check(note.text, signature, key);
    if (!found.has(key.text)) found.set(key.text, time);
  }
  const names = [...new Set(keys.filter((key) => key.kind !== 6).map((key) => key.name))].sort().join(", ");
  need(found.size, "unsigned", { names });
  return found;
}

async function check(text, signature, key) {
  let [time, data, message] = [null, signature.data, bytes(text)];
  if (key.kind === WITNESS) {
    time = data.slice(0, 8).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
    need(data.length === 72 && time < 2n ** 63n, "not_a_cosignature");
    message = bytes(`cosignature/v1\ntime ${time}\n${text}`);
    data = data.slice(8);
  }
  need(await verifies(key.raw, data, message), "bad_signature", { name: key.name });
  return time;
}

const reUtf8 = (text) => utf8(Uint8Array.from(text, (sign) => sign.charCodeAt(0)), "not_utf8");
export const shown = (name) => new TextDecoder().decode(Uint8Array.from(name, (sign) => sign.charCodeAt(0)));

export class Policy {
  constructor(data) {
    [this.logs, this.witnesses, this.groups, this.used] = [[], new Map(), new Map(), new Set()];
    this.quorum = "";
    this.heads = new Map();
    need(data.length <= 200_000, "bad_policy", { line: 0, why: "too_long" });
    // the end of the file ends its last line too
    latin1(data).split("\n").forEach((line, at) => this.read(line, at + 1));
    need(this.quorum, "bad_policy", { line: 0, why: "no_quorum" });
    const logs = !this.logs.length || this.logs.some((key) => key.kind !== 6);
    const possible = new Set([...this.witnesses.values()].filter((key) => key.kind !== 6).map((key) => key.text));
    need(logs && this.metBy(possible), "policy_never_met", { quorum: this.quorum });
  }

  read(line, number) {
    try {
      need(!/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line), "control_character");
      const [word, ...items] = line.replace(/^[ \t]+|[ \t]+$/g, "").split(/[ \t]+/);
      if (word === "" || word.startsWith("#")) return;
      need(["log", "witness", "group", "quorum"].includes(word), "bad_policy", { why: "keyword" });
      this[word === "quorum" ? "setQuorum" : word](items);
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      throw new Invalid("bad_policy", { line: number, why: error.values.why ?? error.code });
    }
  }

  log(items) {
    need([1, 2].includes(items.length), "bad_policy", { why: "items" });
    const key = parseKey(reUtf8(items[0]));
    need(!this.logs.some((one) => same(one.raw, key.raw)), "bad_policy", { why: "duplicate_key" });
    this.logs.push(key);
  }

  witness(items) {
    need([2, 3].includes(items.length), "bad_policy", { why: "items" });
    const name = this.free(items[0]);
    const key = parseKey(reUtf8(items[1]));
    need(key.kind !== LOG, "bad_policy", { why: "witness_key" });
    const twice = [...this.witnesses.values()].some((one) => same(one.raw, key.raw));
    need(!twice, "bad_policy", { why: "duplicate_key" });
    this.witnesses.set(name, key);
  }

  group([name, count, ...members]) {
    need(members.length, "bad_policy", { why: "items" });
    this.free(name);
    for (const member of members) {
      need(this.has(member), "bad_policy", { why: "unknown_name" });
      need(!this.used.has(member), "bad_policy", { why: "member_twice" });
      this.used.add(member);
    }
    const number = { any: "1", all: String(members.length) }[count] ?? count;
    const good = /^[1-9][0-9]{0,5}$/.test(number) && Number(number) <= members.length;
    need(good, "bad_policy", { why: "threshold" });
    this.groups.set(name, { threshold: Number(number), members });
  }

  setQuorum(items) {
    need(items.length === 1 && !this.quorum, "bad_policy", { why: "quorum" });
    need(items[0] === "none" || this.has(items[0]), "bad_policy", { why: "unknown_name" });
    this.quorum = items[0];
  }

  has(name) {
    return this.witnesses.has(name) || this.groups.has(name);
  }

  free(name) {
    need(name !== "none" && !this.has(name), "bad_policy", { why: "name_taken" });
    return name;
  }

  metBy(keys) {
    const held = new Map([["none", true]]);
    for (const [name, key] of this.witnesses) held.set(name, keys.has(key.text));
    for (const [name, group] of this.groups) {
      held.set(name, group.members.filter((member) => held.get(member)).length >= group.threshold);
    }
    return held.get(this.quorum);
  }
}
