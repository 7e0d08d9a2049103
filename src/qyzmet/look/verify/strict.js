// Strict readings, as qyzmet.ledger.strict and leaf have them: JSON, base64, numbers, UTF-8.

export class Invalid extends Error {
  constructor(code, values = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

export const need = (condition, code, values) => {
  if (!condition) throw new Invalid(code, values);
};

const LARGEST = 2n ** 63n - 1n;
const encoder = new TextEncoder();
export const bytes = (text) => encoder.encode(text);
export const hex = (data) => Array.from(data, (one) => one.toString(16).padStart(2, "0")).join("");
export const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
export const join = (...parts) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));
export const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
export const isText = (value) => typeof value === "string" && !/[\ud800-\udfff]/u.test(value);

export function utf8(data, code, values) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    throw new Invalid(code, values);
  }
}

export function latin1(data) {
  let text = "";
  for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
  return text;
}

export function decimal(text, what) {
  const good = /^(0|[1-9][0-9]{0,18})$/.test(text) && BigInt(text) <= LARGEST;
  need(good, "bad_number", { what, given: text.slice(0, 40) });
  return BigInt(text);
}

// The same bytes have one spelling only.
export function unbase64(text, what) {
  let data = null;
  try {
    data = /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? atob(text) : null;
  } catch {
    data = null;
  }
  need(data !== null && btoa(data) === text, "bad_base64", { what });
  return Uint8Array.from(data, (sign) => sign.charCodeAt(0));
}

export function hashFrom(text, what) {
  const data = unbase64(text, what);
  need(data.length === 32, "bad_hash_length", { what, length: data.length });
  return data;
}

// JSON.parse would forget a name that stands twice and round large numbers. Nothing of ours holds a fraction.
class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  take(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found && found[0];
  }

  blanks() {
    this.take(/[ \t\n\r]*/y);
  }

  sign(sign) {
    this.blanks();
    if (this.text[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  string() {
    const found = this.take(/"(?:[^"\\\u0000-\u001f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/y);
    need(found !== null, "bad_json");
    return JSON.parse(found);
  }

  number() {
    const found = this.take(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y);
    need(found && !/[.eE]/.test(found), "bad_json");
    const value = Number(found);
    return Number.isSafeInteger(value) ? value : BigInt(found);
  }

  value() {
    this.blanks();
    const next = this.text[this.at];
    if (next === "{") return this.object();
    if (next === "[") return this.list();
    if (next === '"') return this.string();
    const word = this.take(/true|false|null/y);
    return word ? { true: true, false: false, null: null }[word] : this.number();
  }

  list() {
    const found = [];
    this.at += 1;
    if (this.sign("]")) return found;
    do found.push(this.value());
    while (this.sign(","));
    need(this.sign("]"), "bad_json");
    return found;
  }

  object() {
    const found = Object.create(null);
    this.at += 1;
    if (this.sign("}")) return found;
    do {
      this.blanks();
      const name = this.string();
      need(!(name in found) && this.sign(":"), "bad_json");
      found[name] = this.value();
    } while (this.sign(","));
    need(this.sign("}"), "bad_json");
    return found;
  }
}

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export function parseObject(text, what) {
  try {
    const reader = new Reader(text);
    const found = reader.value();
    reader.blanks();
    need(reader.at === text.length && isObject(found), "bad_json");
    return found;
  } catch {
    throw new Invalid("bad_json", { what });
  }
}

// RFC 8785. Throws for what has no single form.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isObject(value)) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${canonical(name)}:${canonical(value[name])}`).join(",")}}`;
  }
  if (typeof value === "string") need(isText(value), "bad_receipt");
  if (typeof value === "number") need(Number.isFinite(value), "bad_receipt");
  need(typeof value !== "bigint", "bad_receipt");
  return JSON.stringify(value);
}
