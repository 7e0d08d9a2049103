"""Checks receipts of a Qyzmet case desk: `python verify.py RECEIPT.json... [POLICY]`. The whole check is in this file.

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
from datetime import datetime
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
PROOF = re.compile(r"c2sp\.org/tlog-proof@v1\nindex (0|[1-9]\d*)\n((?:\S{44}\n)*)\n(.+)", re.DOTALL)
canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode  # as RFC 8785 says
Key = namedtuple("Key", "name ident kind raw")
Policy = namedtuple("Policy", "keys parties quorum")  # parties are witnesses and groups: {name: (count, members)}


def need(condition, code):
    if not condition:
        raise ValueError(code)


def read_json(text):
    def once(pairs):
        need(len(dict(pairs)) == len(pairs), "bad_json")  # a name that stands twice could mean two things
        return dict(pairs)

    return json.loads(text, object_pairs_hook=once, parse_float=int, parse_constant=int)  # int() refuses fractions


def read_key(line, kind):
    """NAME+IDENT+BASE64(kind, key). The ident is a hash of the rest, so that a slip of the hand is found."""
    name, ident, encoded = line.split("+", 2)
    raw = b64decode(encoded, validate=True)
    need(sha256(name.encode() + b"\n" + raw).hexdigest()[:8] == ident and raw[0] == kind and len(raw) == 33, "bad_key")
    return Key(name, bytes.fromhex(ident), kind, raw[1:])


def read_policy(text):
    """Who is trusted. Whoever counts twice could outvote the others: no name, key or member may stand twice."""
    keys, parties, quorum = [], {}, []
    for words in map(str.split, text.split("\n")):
        match words:
            case ["log", key, *_]:
                keys.append(read_key(key, LOG))
            case ["witness", name, key, *_] if name not in parties:
                keys.append(read_key(key, WITNESS))
                parties[name] = 1, [keys[-1].raw]
            case ["group", name, count, *members] if name not in parties and parties.keys() >= {*members}:
                parties[name] = {"any": 1, "all": len(members)}.get(count) or int(count), members
                need(1 <= parties[name][0] <= len(members), "bad_policy")
            case ["quorum", name] if name == "none" or name in parties:
                quorum.append(name)
            case [word, *_]:
                need(word.startswith("#"), "bad_policy")
    counted = [member for _, members in parties.values() for member in members]
    need(len(quorum) == 1 and len({*counted}) == len(counted), "bad_policy")
    return Policy(keys, parties, quorum[0])


def read_receipt(data):
    """The receipt, and with each step its entry in the log, hash and time. Nothing of it is believed yet."""
    receipt = {"texts": {}} | read_json(data.decode())
    need({*receipt} == {"format", "log", "case", "steps", "texts"} and canonical(receipt).encode(), "bad_receipt")
    need(receipt["format"] == "qyzmet.receipt/v1" and len(data) <= 10**7 and 1 <= len(receipt["steps"]) <= 2000, "size")
    receipt["log"] = read_key(receipt["log"], LOG)
    for step in receipt["steps"]:
        need({"leaf"} < {*step} <= {"leaf", "salt", "content", "proof", "promise"}, "bad_receipt")
        need(re.fullmatch("[0-9a-f]{64}", step.get("salt", "0" * 64)), "bad_receipt")
        # v version, t time, c hash of salt and content, p hash of the step before, r rule, d due date
        entry = step["entry"] = read_json(step["leaf"])
        step["at"], step["hash"] = datetime.fromisoformat(entry["t"]), sha256(b"\0" + step["leaf"].encode()).digest()
        need(canonical(entry) == step["leaf"] and entry["v"] == 1 and step["at"].tzinfo, "bad_leaf")
        if "proof" in step:  # place in the log, hashes from the neighbour up, signed head
            place, path, step["note"] = PROOF.fullmatch(step["proof"]).groups()
            step["index"], step["path"] = int(place), [*map(b64decode, path.split())]
    return receipt


def signers(note, keys, line):
    """The lines of a note, and who has signed it, {key: time}: at least the log that is named in this line of it."""
    body, _, tail = note.rpartition("\n\n")
    need(re.fullmatch(r"(— \S+ \S+\n)+", tail), "bad_note")
    known, found = {(key.name, key.ident): key for key in keys}, {}
    for _, name, encoded in map(str.split, tail.splitlines()):
        data = b64decode(encoded, validate=True)
        if key := known.get((name, data[:4])):
            start = 4 if key.kind == LOG else 12  # a witness signs the time too
            found[key] = int.from_bytes(data[4:start], "big")
            time = "" if key.kind == LOG else f"cosignature/v1\ntime {found[key]}\n"
            Ed25519PublicKey.from_public_bytes(key.raw).verify(data[start:], f"{time}{body}\n".encode())
    need(any(key.kind == LOG and key.name == body.split("\n")[line] for key in found), "unsigned")
    return body.split("\n"), found


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
    (origin, size, root, *_), found = signers(step["note"], policy.keys, 0)
    need(origin == log.name, "other_log")
    need(step["index"] < int(size), "index_outside")
    need(root_from(step["hash"], step["index"], int(size), step["path"]) == b64decode(root), "wrong_root")
    seen = {key.name: time for key, time in found.items() if key.kind == WITNESS}
    need(all(step["at"].timestamp() <= time + 300 for time in seen.values()), "later_than_seen")
    held = {"none": True} | {key.raw: True for key in found if key.kind == WITNESS}
    for name, (count, members) in policy.parties.items():
        held[name] = sum(held.get(member, False) for member in members) >= count
    return (origin, int(size), root), seen, held[policy.quorum]


def check_step(receipt, n, policy):
    *earlier, step = receipt["steps"][:n]
    entry, content = step["entry"], step.get("content", {})
    need(entry.get("p") == (earlier[-1]["hash"].hex() if earlier else None), "chain_broken")
    need(not earlier or earlier[-1]["at"] <= step["at"], "time_went_back")
    need(all(one.get("index", -1) < step.get("index", 2**63) for one in earlier), "order_changed")
    if "content" in step:
        need(
            sha256(bytes.fromhex(step["salt"]) + canonical(content).encode()).hexdigest() == entry["c"],
            "content_changed",
        )
        need(all(entry.get(name[0]) in (None, content.get(name)) for name in ("rule", "due_on")), "clear_differs")
        need(content.get("case") == receipt["case"], "other_case")
        need(content.get("n") == n, "step_missing")
    if "promise" in step:  # what the log signs at once: that this entry will stand in it by a certain time
        (form, _, leaf, *_), _ = signers(step["promise"], policy.keys, 1)
        need((form, leaf) == ("qyzmet.promise/v1", f"leaf {b64encode(step['hash']).decode()}"), "other_leaf")


def check(receipt, policy, heads):
    """Whether all of it is proved. Prints what is found; fails at the first contradiction."""
    proved, contents = True, [step["content"] for step in receipt["steps"] if "content" in step]
    for n, step in enumerate(receipt["steps"], 1):
        print(f"Case {receipt['case']!r}, step {n}: {step['at']}, {step.get('content')}")
        check_step(receipt, n, policy)
        head, seen, enough = check_proof(step, receipt["log"], policy) if "proof" in step else ("", "", False)
        need(heads.setdefault(head[:2], head) == head, "fork")  # one log, one size, two roots
        print(f"  {'seen by' if head else 'only promised'} {seen or 'the city only'}{'' if enough else ': not enough'}")
        proved = proved and enough
    need(receipt["log"] in policy.keys, "other_log")
    need(contents, "nothing_opened")
    need(all(sha256(text.encode()).hexdigest() == name for name, text in receipt["texts"].items()), "text_changed")
    need(all(any(name in content.values() for content in contents) for name in receipt["texts"]), "text_of_nothing")
    return proved


def main(paths):
    code, heads = 2, {}  # 2 until everything is read, 1 until everything is checked
    try:
        files = [Path(path).read_bytes() for path in paths]
        policies = [read_policy(data.decode()) for data in files if not data.lstrip().startswith(b"{")]
        receipts = [read_receipt(data) for data in files if data.lstrip().startswith(b"{")]
        need(receipts and len(policies) <= 1, "usage: verify.py RECEIPT.json... [POLICY]")
        code = 1
        proved = [check(one, policies[0] if policies else Policy([one["log"]], {}, "none"), heads) for one in receipts]
        code = 0 if policies and all(proved) else 3
        print("" if policies else "No policy: the key is the one in the receipt; who made it may have made the key.")
    except Exception as error:  # of whatever kind: a file that breaks this program proves nothing
        print(f"  problem: {str(error) or 'bad_signature'}")
    print(SAID[code])
    return code


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
