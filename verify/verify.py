"""Checks a receipt of a Qyzmet case desk: `python verify.py RECEIPT.json... [POLICY]`. The whole check is on this page.

A receipt holds the steps of one case. The log is a public list of hashes: who knows its head (a checkpoint: how many
entries, and one hash over them all) can be shown that an entry is in it. The city signs the head, and so do witnesses
who do not answer to the city. A policy names the keys you trust: get it from anybody but the city. Without one, the key
in the receipt is taken, which proves only that the receipt agrees with itself. Formats: c2sp.org/{signed-note,
tlog-checkpoint, tlog-cosignature, tlog-policy, tlog-proof}, RFC 6962, RFC 8785; docs/receipts.md explains the codes.
Whether a due date follows from the law is not checked here, but by `qyzmet verify`.
Exit: 0 holds, 1 does not hold, 2 cannot be read, 3 nothing contradicts, but not everything is proved.
"""

import base64
import hashlib
import json
import re
import sys
from datetime import date, datetime
from itertools import combinations
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LOG, WITNESS, NOT_CHECKED = 1, 4, 6  # kinds of keys; signatures of the last kind are passed over
HEX = re.compile("[0-9a-f]{64}", re.ASCII)


class Wrong(Exception):
    """Something is not as it should be; the argument is its code."""


def need(condition, code):
    if not condition:
        raise Wrong(code)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def unbase64(text, length=None):
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        raise Wrong("bad_base64") from None
    need(base64.b64encode(data).decode() == text, "bad_base64")  # the same bytes have one spelling only
    need(length in (None, len(data)), "bad_hash_length")
    return data


def number(text):
    need(re.fullmatch("0|[1-9][0-9]{0,18}", text) and int(text) < 2**63, "bad_number")
    return int(text)


def read_json(data):
    def once(pairs):
        need(len(dict(pairs)) == len(pairs), "bad_json")  # a name that stands twice could mean two things
        return dict(pairs)

    try:
        text = data if isinstance(data, str) else data.decode()
        found = json.loads(text, object_pairs_hook=once, parse_float=whole, parse_constant=int)
    except (ValueError, RecursionError):
        raise Wrong("bad_json") from None
    need(isinstance(found, dict), "bad_json")
    return found


def whole(text):
    """1.0 is another spelling of 1."""
    return int(float(text)) if float(text).is_integer() else float(text)


def canonical(value):
    """The one way in which RFC 8785 writes this; but for fractions, of which a receipt has none."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return b"{%s}" % b",".join(canonical(name) + b":" + canonical(value[name]) for name in names)
    if isinstance(value, list):
        return b"[%s]" % b",".join(map(canonical, value))
    if isinstance(value, int | float) and abs(value) >= 2**53:
        raise ValueError("not a number that all readers of JSON read alike")
    return json.dumps(value, ensure_ascii=False).encode()


# ---- keys, signed notes, policies


def read_key(line):
    """name+id+base64(kind, key). The id is a hash of the rest, so that a slip of the hand is found."""
    name, ident, encoded = (*line.split("+", 2), "", "")[:3]
    raw = unbase64(encoded)
    need(name and not re.search(r"[\s\x00-\x1f]", name), "bad_key_name")
    need(raw and len(raw) == {LOG: 33, WITNESS: 33, NOT_CHECKED: 1313}.get(raw[0]), "bad_key")
    need(sha256(name.encode(), b"\n", raw)[:4].hex() == ident, "bad_key")
    return name, bytes.fromhex(ident), raw[0], raw[1:]


def read_note(text):
    """A text, an empty line, and lines of the form: — NAME BASE64(ID, SIGNATURE)."""
    need(not re.search(r"[\x00-\x09\x0b-\x1f]", text), "control_character")
    body, blank, tail = text.rpartition("\n\n")
    need(blank and tail.endswith("\n"), "bad_note")
    lines = [re.fullmatch(r"— ([^\s+]+) (.+)", line) for line in tail[:-1].split("\n")]
    need(all(lines), "bad_note")
    signatures = [(line[1], unbase64(line[2])) for line in lines]
    need(all(len(data) > 4 for _, data in signatures), "bad_note")
    return body + "\n", signatures


def signers(body, signatures, keys):
    """Which keys have signed, and when (None for a log). One false signature of a known key spoils the whole note."""
    known, found = {(key[0], key[1]): key for key in keys if key[2] != NOT_CHECKED}, {}
    for name, data in signatures:
        key = known.get((name, data[:4]))
        if key is None:
            continue
        time, signature, message = None, data[4:], body.encode()
        if key[2] == WITNESS:  # a witness signs the time too
            time, signature = int.from_bytes(data[4:12], "big"), data[12:]
            need(len(signature) == 64 and time < 2**63, "not_a_cosignature")
            message = f"cosignature/v1\ntime {time}\n".encode() + message
        try:
            Ed25519PublicKey.from_public_bytes(key[3]).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise Wrong("bad_signature") from None
        found.setdefault(key, time)
    need(found, "unsigned")
    return found


class Policy:
    """Lines: log KEY [URL], witness NAME KEY [URL], group NAME any|all|COUNT MEMBER..., quorum NAME|none."""

    def __init__(self, text):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, []
        try:
            need(text.endswith("\n") and not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text), "bad_policy")
            for words in map(str.split, text.split("\n")):
                if words and not words[0].startswith("#"):
                    {"log": self.log, "witness": self.witness, "group": self.group, "quorum": self.quorum.append}[
                        words[0]
                    ](*words[1:])
            used = [member for _, members in self.groups.values() for member in members]
            need(len(set(used)) == len(used), "bad_policy")
            raws = [key[3] for key in self.witnesses.values()]
            need(len(set(raws)) == len(raws) and len({key[3] for key in self.logs}) == len(self.logs), "bad_policy")
            (self.quorum,) = self.quorum
            possible = self.met([key for key in self.witnesses.values() if key[2] == WITNESS])
            possible = possible and (not self.logs or any(key[2] != NOT_CHECKED for key in self.logs))
        except (Wrong, KeyError, TypeError, ValueError):
            raise Wrong("bad_policy") from None
        need(possible, "policy_never_met")

    def log(self, key, url=""):
        self.logs.append(read_key(key))

    def witness(self, name, key, url=""):
        need(name not in {"none", *self.witnesses, *self.groups}, "bad_policy")
        self.witnesses[name] = read_key(key)
        need(self.witnesses[name][2] != LOG, "bad_policy")

    def group(self, name, count, *members):
        need(name not in {"none", *self.witnesses, *self.groups}, "bad_policy")
        need({*members} <= {*self.witnesses, *self.groups}, "bad_policy")
        self.groups[name] = {"any": 1, "all": len(members)}.get(count) or int(count), members
        need(1 <= self.groups[name][0] <= len(members), "bad_policy")

    def met(self, keys):
        held = {"none": True, **{name: key in keys for name, key in self.witnesses.items()}}
        for name, (count, members) in self.groups.items():
            held[name] = sum(held[member] for member in members) >= count
        return held[self.quorum]


# ---- the log


def check_head(text, policy):
    """A head of the log, the names and times of the witnesses who have seen it, and whether they are enough."""
    body, signatures = read_note(text)
    lines = body[:-1].split("\n")
    need(len(lines) >= 3 and "" not in lines, "bad_checkpoint")
    origin, size, root = lines[0], number(lines[1]), unbase64(lines[2], 32)
    found = signers(body, signatures, [*policy.logs, *policy.witnesses.values()])
    names = [key[0] for key in found if key in policy.logs]
    need(names, "unsigned")
    need(origin in names, "wrong_origin")
    seen = {name: found[key] for name, key in policy.witnesses.items() if key in found}
    return (origin, size, root), seen, policy.met(found)


def check_inclusion(index, size, leaf, path, root):
    """Hash up from the leaf; what comes out must be the root (RFC 9162, 2.1.3.2)."""
    need(index < size, "index_outside")
    node, last = index, size - 1
    for sibling in path:
        need(last, "proof_length")
        leaf = sha256(b"\x01", sibling, leaf) if node & 1 or node == last else sha256(b"\x01", leaf, sibling)
        while node == last and node and not node & 1:  # an edge without a sibling goes up as it is
            node, last = node >> 1, last >> 1
        node, last = node >> 1, last >> 1
    need(not last, "proof_length")
    need(leaf == root, "wrong_root")


def read_proof(text):
    """c2sp.org/tlog-proof@v1, perhaps "extra ...", "index N", hashes, an empty line, the signed head."""
    top, _, note = text.partition("\n\n")
    first, *lines = top.split("\n")
    need(first == "c2sp.org/tlog-proof@v1" and note, "bad_proof")
    if lines and lines[0].startswith("extra "):
        unbase64(lines.pop(0)[6:])
    need(lines and lines[0].startswith("index ") and len(lines) <= 64, "bad_proof")
    return number(lines[0][6:]), [unbase64(line, 32) for line in lines[1:]], note


def check_proof(proof, leaf, policy):
    head, *rest = check_head(proof[2], policy)
    check_inclusion(proof[0], head[1], leaf, proof[1], head[2])
    return head, *rest


def check_promise(text, leaf, policy):
    """What the log signs at once: that this entry will stand in it by a certain time."""
    body, signatures = read_note(text)
    found = re.fullmatch(r"qyzmet\.promise/v1\n(.*\D.*)\nleaf (.*)\ntime (.*)\nby (.*)\n", body)
    need(found, "bad_promise")
    promised, time, by = unbase64(found[2], 32), number(found[3]), number(found[4])
    need(time <= by, "bad_promise")
    need(found[1] in [key[0] for key in signers(body, signatures, policy.logs)], "wrong_origin")
    need(promised == leaf, "other_leaf")


# ---- the receipt


def read_receipt(data):
    """The file, with every part in its place; nothing of it is believed yet."""
    need(len(data) <= 10_000_000, "receipt_too_long")
    receipt = {"texts": {}} | read_json(data)
    kinds = {"format": str, "log": str, "case": str, "steps": list, "texts": dict}
    need(all(isinstance(receipt.get(name), kind) for name, kind in kinds.items()), "bad_receipt")
    need(set(receipt) == set(kinds) and receipt["format"] == "qyzmet.receipt/v1", "bad_receipt")
    need(1 <= len(receipt["steps"]) <= 2000, "bad_receipt")
    need(all(HEX.fullmatch(key) and is_text(text) for key, text in receipt["texts"].items()), "bad_receipt")
    receipt["log"] = read_key(receipt["log"])
    kinds = {"leaf": str, "salt": str, "content": dict, "proof": str, "promise": str}
    for step in receipt["steps"]:
        need(
            isinstance(step, dict) and all(isinstance(step[name], kinds.get(name, ())) for name in step), "bad_receipt"
        )
        need("leaf" in step and ("proof" in step or "promise" in step), "bad_receipt")
        need(("salt" in step) == ("content" in step) and HEX.fullmatch(step.get("salt", "0" * 64)), "bad_receipt")
        need(all(is_text(one) for name, one in step.items() if name != "content"), "bad_receipt")
        try:
            canonical(step.get("content"))
        except (ValueError, RecursionError):
            raise Wrong("bad_receipt") from None
        step["entry"] = read_leaf(step["leaf"])
        if "proof" in step:
            step["proof"] = read_proof(step["proof"])
    return receipt


def is_text(value):
    return isinstance(value, str) and not re.search("[\ud800-\udfff]", value)


def read_leaf(text):
    """An entry of the log: v version, t time, c commitment, p hash of the step before, r rule, d due date."""
    leaf = read_json(text)
    try:
        at = datetime.fromisoformat(leaf["t"])
        rest = {name: leaf[name] for name in "cprd" if name in leaf}
        need(canonical({"v": 1, "t": at.isoformat(timespec="milliseconds"), **rest}) == text.encode(), "bad_leaf")
        need(all(HEX.fullmatch(rest[name]) for name in "cp" if name in rest) and "c" in rest, "bad_leaf")
        need("d" not in rest or date.fromisoformat(rest["d"]).isoformat() == rest["d"], "bad_leaf")
    except (KeyError, TypeError, ValueError):
        raise Wrong("bad_leaf") from None
    need(len(text.encode()) <= 1000 and at.tzinfo, "bad_leaf")
    return leaf | {"at": at}


def check_content(step, entry):
    """The log holds a hash of the content only; salt and content, which the owner has, must give it."""
    need(sha256(bytes.fromhex(step["salt"]), canonical(step["content"])).hex() == entry["c"], "content_changed")
    for short, name in (("r", "rule"), ("d", "due_on")):
        need(short not in entry or step["content"].get(name) == entry[short], "clear_differs")


def check(receipt, policy):
    """[(step, code)] of all that does not hold (step 0: the file as a whole), and for each step its head or None."""
    problems, heads, previous, before = [], [], None, None
    place = -1

    def run(n, action, *arguments):
        try:
            return action(*arguments)
        except Wrong as wrong:
            problems.append((n, wrong.args[0]))

    for n, step in enumerate(receipt["steps"], 1):
        entry, hashed = step["entry"], sha256(b"\0", step["leaf"].encode())
        head = run(n, check_proof, step["proof"], hashed, policy) if "proof" in step else None
        if "promise" in step:
            run(n, check_promise, step["promise"], hashed, policy)
        if "content" in step:
            run(n, check_content, step, entry)
        index = step["proof"][0] if head else None
        wrong = {
            "quorum_not_met": head and not head[2],
            "later_than_seen": head and any(entry["at"].timestamp() > time + 300 for time in head[1].values()),
            "chain_broken": entry.get("p") != previous,
            "time_went_back": before and entry["at"] < before,
            "order_changed": head and index <= place,
            "other_case": "content" in step and step["content"].get("case") != receipt["case"],
            "step_missing": "content" in step and step["content"].get("n") != n,
            "other_log": head and head[0][0] != receipt["log"][0],
        }
        problems += [(n, code) for code, is_so in wrong.items() if is_so]
        previous, before, place = hashed.hex(), entry["at"], index if head else place
        heads.append(head and (*head, step["proof"][2]))
    if receipt["log"] not in policy.logs:
        problems.append((0, "other_log"))
    if not any("content" in step for step in receipt["steps"]):
        problems.append((0, "nothing_opened"))
    named = [value for step in receipt["steps"] for value in step.get("content", {}).values()]
    for key, text in receipt["texts"].items():
        right = hashlib.sha256(text.encode()).hexdigest() == key
        if not right or key not in named:
            problems.append((0, "text_of_nothing" if right else "text_changed"))
    return problems, heads


def main(paths):
    files = [Path(path).read_bytes() for path in paths]
    policies = [data for data in files if not data.lstrip().startswith(b"{")]  # what is no receipt is the policy
    problems, heads, proved = [], [], bool(policies)
    try:
        need(len(policies) <= 1 and len(policies) < len(files), "usage: verify.py RECEIPT.json... [POLICY]")
        for data in [data for data in files if data not in policies]:
            receipt = read_receipt(data)
            own = f"log {json.loads(data)['log']}\nquorum none\n"
            policy = Policy((policies[0] if policies else own.encode()).decode(errors="replace"))
            wrong, found = check(receipt, policy)
            print(f"Case {receipt['case']}")
            for n, (step, head) in enumerate(zip(receipt["steps"], found, strict=True), 1):
                what = step.get("content", {"event": "a step inside the body"})
                where = f"in the log, seen by: {', '.join(head[1]) or 'the city only'}" if head else "NOT in the log"
                print(f"  {n}. {step['entry']['t']} {what.get('event')}, due {what.get('due_on')}; {where}")
            proved, problems, heads = proved and all(found), problems + wrong, heads + list(filter(None, found))
    except Wrong as wrong:
        print(f"Оқылмайды. / Прочитать нельзя. / It cannot be read: {wrong}")
        return 2
    for (one, *_, first), (other, *_, second) in combinations({head[0]: head for head in heads}.values(), 2):
        if one[:2] == other[:2]:  # the same log, the same number of entries, another root
            print(f"The log shows two different books; both heads are signed:\n{first}\n{second}")
            problems.append((0, "fork"))
    for n, code in problems:
        print(f"  problem in step {n}: {code}")
    if not policies:
        print("No policy: the key is the one in the receipt; who made the receipt may have made the key.")
    if {code for _, code in problems} - {"quorum_not_met"}:  # too few witnesses contradict nothing: they may yet come
        print("РАСТАЛМАДЫ. / НЕ ПОДТВЕРЖДАЕТСЯ. / This does NOT hold.")
        return 1
    if problems or not proved:
        print("Бәрі бірдей дәлелденбеген. / Доказано не всё. / Nothing contradicts, but not everything is proved.")
        return 3
    print("Бәрі расталды. / Всё подтверждается. / Everything holds.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
