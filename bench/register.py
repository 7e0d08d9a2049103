"""Registering through the API against the floor: appeals a second of 8 clients, in turns within one run.

python -m bench.register --kind sqlite --tag 1k [--rounds 3] [--seconds 8]

`qyzmet serve` (granian, WSGI, 2 workers) answers POST /api/v1/appeals in a city that bench.cities has filled; a bare
Django view with one INSERT into one table answers the same requests under the same server and database settings. The
clients are threads of this process and share the machine with both servers.
"""

import argparse
import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate, count
from random import Random
from typing import Any

from bench.places import KINDS, Place

CLIENTS = 8
KINDS_FILED = {"application": 50, "request": 20, "message": 15, "complaint": 10, "suggestion": 5}
PATH = "/api/v1/appeals"


@dataclass
class Server:
    """One of the two."""

    name: str
    port: int
    process: "subprocess.Popen[bytes]"
    rates: list[float] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)

    def cpu(self) -> float:
        """Seconds of processor time of the server and its workers so far (Linux)."""
        found = 0.0
        for pid in _family(self.process.pid):
            try:
                with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123
                    user, system = file.read().rpartition(")")[2].split()[11:13]
            except OSError:
                continue
            found += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
        return found


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:  # noqa: PTH123
            children = file.read().split()
    except OSError:
        children = []
    for child in children:
        yield from _family(int(child))


@contextmanager
def serving(name: str, command: list[str], place: Place) -> Iterator[Server]:
    """A server that answers until the block ends."""
    port = _free_port()
    words = [sys.executable, "-m", *command, str(port)]
    process = subprocess.Popen(words, env=place.environment(), start_new_session=True)
    try:
        _wait(port, process)
        yield Server(name, port, process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit("a server ended before it answered")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("a server does not answer")


class Appeals:
    """Requests to come, prepared so that clients lose no time with them."""

    def __init__(self, amount: int, bodies: list[str]) -> None:
        from bench.people import Applicants
        from bench.stories import TEXTS

        people, chance = Applicants(), Random(1)
        weights = list(accumulate(1 / (rank + 2) ** 0.8 for rank in range(len(bodies))))
        self.made = []
        for number in range(amount):
            person, lang = people.person(number), chance.choice(("kk", "ru"))
            author = {name: getattr(person, name) for name in ("name", "iin", "address", "email", "phone")}
            appeal = {
                "kind": chance.choices(list(KINDS_FILED), list(KINDS_FILED.values()))[0],
                "body": chance.choices(bodies, cum_weights=weights)[0],
                "text": TEXTS[lang],
                "language": lang,
                "author": author,
            }
            self.made.append(json.dumps(appeal).encode())
        self.next = count()

    def take(self) -> bytes:
        """The next request."""
        return self.made[next(self.next) % len(self.made)]


def client(port: int, appeals: Appeals, until: float, spent: list[float], wrong: list[str]) -> None:
    """Sends one request after the other over one connection."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while (start := time.perf_counter()) < until:
        line.request("POST", PATH, appeals.take(), {"Content-Type": "application/json"})
        answer = line.getresponse()
        said = answer.read()
        if answer.status != 201:
            wrong.append(f"{answer.status} {said[:300]!r}")
            return
        spent.append(time.perf_counter() - start)
    line.close()


def turn(server: Server, appeals: Appeals, seconds: float) -> None:
    """Let all clients work against one server for so long."""
    spent: list[float] = []
    wrong: list[str] = []
    start = time.perf_counter()
    given = (server.port, appeals, start + seconds, spent, wrong)
    threads = [threading.Thread(target=client, args=given) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise SystemExit(f"{server.name} said {wrong[0]}")
    server.rates.append(len(spent) / (time.perf_counter() - start))
    server.spent += spent


def run(kind: str, tag: str, rounds: int, seconds: float) -> dict[str, Any]:
    """Both servers, in turns; the first turn of each is not counted."""
    city, floor = Place(kind, tag), Place(kind, "floor")
    floor.make()
    appeals = Appeals(4000, _bodies(city))
    serve = ["qyzmet.cli.main", "serve", "--workers", "2", "--no-tick", "--no-sequence", "--port"]
    with serving("floor", ["bench.floor.serve"], floor) as bare, serving("qyzmet", serve, city) as ours:
        for server in (bare, ours):
            turn(server, appeals, 3)
            server.rates.clear()
            server.spent.clear()
        used = {server.name: -server.cpu() for server in (bare, ours)}
        for _ in range(rounds):
            for server in (bare, ours):
                turn(server, appeals, seconds)
        used = {server.name: used[server.name] + server.cpu() for server in (bare, ours)}
    floor.drop()
    return {"kind": kind, "cases": tag, "load": os.getloadavg(), **_told(bare, used), **_told(ours, used)} | {
        "ratio": statistics.median(ours.rates) / statistics.median(bare.rates)
    }


def _bodies(city: Place) -> list[str]:
    city.enter()
    from bench.cities import town

    where = town()
    return [where.offices[body].code for body in where.busy]


def _told(server: Server, used: dict[str, float]) -> dict[str, Any]:
    spent = sorted(server.spent)
    return {
        server.name: {
            "a second": statistics.median(server.rates),
            "rounds": server.rates,
            "p50 ms": statistics.median(spent) * 1000,
            "p95 ms": spent[int(len(spent) * 0.95)] * 1000,
            "cpu ms": used[server.name] / len(spent) * 1000,
        }
    }


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.register", description=__doc__)
    parser.add_argument("--kind", choices=KINDS, default="sqlite")
    parser.add_argument("--tag", default="1k", help="a city that bench.cities has filled; its cases become more")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8)
    args = parser.parse_args()
    print(json.dumps(run(args.kind, args.tag, args.rounds, args.seconds), indent=1))


if __name__ == "__main__":
    main()
