"""Checks receipts of a Qyzmet case desk: `python verify.py RECEIPT.json [POLICY]`. The whole check is in this file.

The log is a public list of hashes: who knows its head (how many entries, and one hash over all) can be shown that an
entry is in it. The city and independent witnesses sign the head. A policy names the keys you trust: get it from anybody
but the city. Without one the receipt's own key is taken, which proves little. docs/receipts.md explains the rest.
Exit: 0 holds, 1 does not hold, 2 cannot be read, 3 nothing contradicts, but not everything is proved.
"""

import json
import re
import sys
from base64 import b64decode, b64encode
from collections import namedtuple
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LOG, WITNESS = 1, 4  # kinds of keys
SAID = {
    0: "Бәрі расталды. / Всё подтверждается. / Everything holds.",
    1: "РАСТАЛМАДЫ. / НЕ ПОДТВЕРЖДАЕТСЯ. / This does NOT hold.",
    2: "Оқылмайды. / Прочитать нельзя. / It cannot be read.",
    3: "Бәрі бірдей дәлелденбеген. / Доказано не всё. / Nothing contradicts, but not everything is proved.",
}
HASH, NUMBER = "([0-9a-f]{64})", "(0|[1-9][0-9]{0,18})"
# an entry of the log: c hash of salt and content, d due date, p hash of the step before, r rule, t time, v version
LEAF = re.compile(rf'{{"c":"{HASH}"(?:,"d":"(.+?)")?(?:,"p":"{HASH}")?(?:,"r":"([^"\\]+)")?,"t":"(.+?)","v":1}}')
# a proof: place in the log, hashes from the neighbour up, signed head; a head: the log's name, its size, its root
PROOF = re.compile(
    rf"c2sp\.org/tlog-proof@v1\n(?:extra \S*\n)?index {NUMBER}\n((?:\S{{44}}\n){{0,63}})\n(.+)", re.DOTALL
)
HEAD = re.compile(rf"(.+)\n{NUMBER}\n(\S{{44}})(?:\n.+)*")
PROMISE = re.compile(rf"qyzmet\.promise/v1\n(.+)\nleaf (\S{{44}})\ntime {NUMBER}\nby {NUMBER}")
SIGNATURES = re.compile(r"(?:— [^\s+]+ \S{8,}\n){1,100}")
Key = namedtuple("Key", "name ident kind raw")
Policy = namedtuple("Policy", "keys parties quorum")  # parties are witnesses and groups: {name: (count, members)}
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode  # as RFC 8785 says


def need(condition, code):
    if not condition:
        raise ValueError(code)


def unbase64(text):
    data = b64decode(text, validate=True)
    need(b64encode(data).decode() == text, "bad_base64")  # the same bytes have one spelling only
    return data


def read_json(text):
    def once(pairs):
        need(len(dict(pairs)) == len(pairs), "bad_json")  # a name that stands twice could mean two things
        return dict(pairs)

    def whole(digits):
        need(re.fullmatch("-?[0-9]{1,15}", digits), "bad_json")  # what every reader of JSON reads alike
        return int(digits)

    return json.loads(text, object_pairs_hook=once, parse_int=whole, parse_float=whole, parse_constant=whole)


def read_key(line, kind):
    """NAME+IDENT+BASE64(kind, key). The ident is a hash of the rest, so that a slip of the hand is found."""
    name, ident, encoded = line.split("+", 2)
    raw = unbase64(encoded)
    need(sha256(name.encode() + b"\n" + raw).hexdigest()[:8] == ident and raw[0] == kind and len(raw) == 33, "bad_key")
    return Key(name, bytes.fromhex(ident), kind, raw[1:])


def read_policy(data):
    """Who is trusted. Whoever counts twice could outvote the others: no name, key or member may stand twice."""
    keys, parties, quorum, members = [], {"none": (0, [])}, [], []
    need(len(data) <= 200_000 and not re.search(rb"[\0-\x08\x0b-\x1f\x7f]", data), "bad_policy")
    for line in data.decode(errors="surrogateescape").split("\n"):  # a name is whatever bytes somebody chose
        match re.split("[ \t]+", line.strip(" \t")):
            case ["log", key] | ["log", key, _]:
                keys.append(read_key(key, LOG))
            case ["witness", name, key] | ["witness", name, key, _] if name not in parties:
                keys.append(read_key(key, WITNESS))
                parties[name] = 1, [keys[-1]]
            case ["group", name, count, *chosen] if name not in parties and parties.keys() - {"none"} >= {*chosen}:
                need(count in ("any", "all") or re.fullmatch(NUMBER, count), "bad_policy")  # no other script's digits
                parties[name] = {"any": 1, "all": len(chosen)}.get(count) or int(count), chosen
                need(1 <= parties[name][0] <= len(chosen), "bad_policy")
                members += chosen
            case ["quorum", name] if name in parties:
                quorum.append(name)
            case [word, *_]:
                need(not word or word.startswith("#"), "bad_policy")
    twice = len({*members}) < len(members) or len({key[2:] for key in keys}) < len(keys)
    need(len(quorum) == 1 and not twice, "bad_policy")
    return Policy(keys, parties, quorum[0])


def read_receipt(data):
    """The receipt, and with each step its entry in the log, hash and time. Nothing of it is believed yet."""
    need(len(data) <= 10**7, "receipt_too_long")
    receipt = {"texts": {}} | read_json(data.decode())
    need({*receipt} == {"format", "log", "case", "steps", "texts"} and canonical(receipt).encode(), "bad_receipt")
    need(receipt["format"] == "qyzmet.receipt/v1" and 1 <= len(receipt["steps"]) <= 2000, "bad_receipt")
    need(all(re.fullmatch(HASH, name) for name in receipt["texts"]), "bad_receipt")
    receipt["key"] = read_key(receipt["log"], LOG)
    for step in receipt["steps"]:
        need({"leaf"} < {*step} <= {"leaf", "salt", "content", "proof", "promise"}, "bad_receipt")
        need(("salt" in step) == ("content" in step) and {*step} & {"proof", "promise"}, "bad_receipt")
        need(re.fullmatch(HASH, step.get("salt", "0" * 64)), "bad_receipt")
        step["sealed"], step["due_on"], step["before"], step["rule"], at = LEAF.fullmatch(step["leaf"]).groups()
        step["at"], step["hash"] = datetime.fromisoformat(at), sha256(b"\0" + step["leaf"].encode()).digest()
        need(step["at"].tzinfo and step["at"].isoformat(timespec="milliseconds") == at, "bad_leaf")
        need(date.fromisoformat(step["due_on"] or "2000-01-01") and len(step["leaf"].encode()) <= 1000, "bad_leaf")
        if "proof" in step:
            index, path, step["note"] = PROOF.fullmatch(step["proof"]).groups()
            step["index"], step["path"] = int(index), [*map(unbase64, path.split())]
    return receipt


def signed(note, form, keys):
    """What the note says, in this form, and who has signed it, {key: time}: the log it names first, at least."""
    text, _, tail = note.rpartition("\n\n")
    need(SIGNATURES.fullmatch(tail) and not re.search(r"[\0-\x09\x0b-\x1f]", note), "bad_note")
    known, found = {(key.name, key.ident): key for key in keys}, {}
    for _, name, encoded in map(str.split, tail.splitlines()):
        data = unbase64(encoded)
        if key := known.get((name, data[:4])):
            start = 4 if key.kind == LOG else 12  # a witness signs the time too
            time = int.from_bytes(data[4:start], "big")
            first = "" if key.kind == LOG else f"cosignature/v1\ntime {time}\n"
            Ed25519PublicKey.from_public_bytes(key.raw).verify(data[start:], f"{first}{text}\n".encode())
            found.setdefault(key, time)
    fits = form.fullmatch(text) and len(text.partition("\n")[0].encode()) <= 255
    need(fits, "bad_checkpoint" if form == HEAD else "bad_promise")
    said = form.fullmatch(text).groups()
    need(any(key.kind == LOG and key.name == said[0] for key in found), "unsigned")
    return said, found


def root_from(leaf, index, size, path):
    """The hash over `size` entries, from one of them and what stands beside the way up (RFC 6962, 2.1.1)."""
    need(bool(path) == (size > 1), "proof_length")
    if size == 1:
        return leaf
    left = 1 << (size - 1).bit_length() - 1  # the left half is the greatest power of two below the size
    half = root_from(leaf, index % left, left if index < left else size - left, path[:-1])
    return sha256(b"\1" + (half + path[-1] if index < left else path[-1] + half)).digest()


def check_proof(step, log, policy):
    """That the entry stands in the log. Returns the signed head, who saw it, and whether they are enough."""
    (origin, size, root), found = signed(step["note"], HEAD, policy.keys)
    need(origin == log.name, "other_log")
    need(step["index"] < int(size), "index_outside")
    need(root_from(step["hash"], step["index"], int(size), step["path"]) == unbase64(root), "wrong_root")
    seen = {key.name: time for key, time in found.items() if key.kind == WITNESS}
    need(all(step["at"].timestamp() <= time + 300 for time in seen.values()), "later_than_seen")
    held = dict.fromkeys(found, True)
    for name, (count, members) in policy.parties.items():
        held[name] = sum(held.get(member, False) for member in members) >= count
    return (origin, size, root), seen, held[policy.quorum]


def check_step(receipt, n, policy):
    *earlier, step = receipt["steps"][:n]
    need(step["before"] == (earlier[-1]["hash"].hex() if earlier else None), "chain_broken")
    need(not earlier or earlier[-1]["at"] <= step["at"], "time_went_back")
    need(all(one.get("index", -1) < step.get("index", 2**63) for one in earlier), "order_changed")
    if "content" in step:
        content, salt = step["content"], bytes.fromhex(step["salt"])
        need(sha256(salt + canonical(content).encode()).hexdigest() == step["sealed"], "content_changed")
        need(all(step[name] in (None, content.get(name)) for name in ("rule", "due_on")), "clear_differs")
        need(content.get("case") == receipt["case"], "other_case")
        need(content.get("n") == n, "step_missing")
    if "promise" in step:  # what the log signs at once: that this entry will stand in it by a certain time
        (_, leaf, *_), _ = signed(step["promise"], PROMISE, [key for key in policy.keys if key.kind == LOG])
        need(unbase64(leaf) == step["hash"], "other_leaf")


def check(receipt, policy):
    """Whether all of it is proved. Prints what is found; fails at the first contradiction."""
    proved, heads, contents = True, {}, [step["content"] for step in receipt["steps"] if "content" in step]
    # a log may change its key: what it signed before needs a policy from before, or is asked for anew
    other = "other_key" if any(key.name == receipt["key"].name for key in policy.keys) else "other_log"
    need(receipt["key"] in policy.keys, other)
    for n, step in enumerate(receipt["steps"], 1):
        print(f"Case {receipt['case']!r}, step {n}: {step['at']}, {step.get('content')}")
        check_step(receipt, n, policy)
        head, seen, enough = check_proof(step, receipt["key"], policy) if "proof" in step else ("", "", False)
        need(heads.setdefault(head[:2], head) == head, "fork")  # one log, one size, two roots
        print(f"  {'seen by' if head else 'only promised'} {seen or 'the city only'}{'' if enough else ': not enough'}")
        proved = proved and enough
    print("Whether more steps followed the last one, the file cannot say.")
    need(contents, "nothing_opened")
    need(all(sha256(text.encode()).hexdigest() == name for name, text in receipt["texts"].items()), "text_changed")
    need(all(any(name in content.values() for content in contents) for name in receipt["texts"]), "text_of_nothing")
    return proved


def main(*paths):
    code = 2  # until everything is read
    try:
        receipt, *policies = [Path(path).read_bytes() for path in paths]
        receipt, policies = read_receipt(receipt), [*map(read_policy, policies)]
        policy = policies[0] if policies else read_policy(f"log {receipt['log']}\nquorum none".encode())
        need(len(policies) < 2, "usage: verify.py RECEIPT.json [POLICY]")
        code = 1  # until everything is checked
        code = 0 if check(receipt, policy) and policies else 3
        print("" if policies else "No policy: the key is the one in the receipt; who made it may have made the key.")
    except Exception as error:  # of whatever kind: a file that breaks this program proves nothing
        print(f"  problem: {str(error) or 'bad_signature'}")
    print(SAID[code])
    return code


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(*sys.argv[1:]))
