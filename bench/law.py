"""What starting costs: reading the law whole, against the bare parser over the same files; the examples apart.

python -m bench.law [--seconds 2] [--json]

"Loading" reads, checks and joins every file that a process needs to count a date, as each process does once. "Bare"
opens the same files and parses the TOML, no more. The examples are read only when somebody asks for them. "Start" is a
process of its own, from nothing to the law, against one that parses the same files.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

from qyzmet.law import KZ, Law, examples, load

STARTS = 7
"""Processes of each kind, in turns; the median counts."""
LAW = "from qyzmet.law import kz; kz()"
BARE = "import sys, tomllib; [tomllib.load(open(name, 'rb')) for name in sys.argv[1:]]"


def read() -> list[Path]:
    """The files that loading opens."""
    kinds = ("procedure.toml", "terms.toml", "registration.toml", "acts.toml")
    return sorted(path for path in KZ.rglob("*.toml") if path.name in kinds or path.parent.name == "calendar")


def apart() -> list[Path]:
    """The scenarios, which wait until somebody asks."""
    return sorted(KZ.glob("*/examples.toml"))


def parse(paths: Iterable[Path]) -> None:
    """The floor: open and parse."""
    for path in paths:
        with path.open("rb") as file:
            tomllib.load(file)


def every_example(law: Law) -> None:
    """All scenarios of all procedures, as a page of the law or the tests read them."""
    for procedure in law.procedures.values():
        examples(procedure)


def cost(work: Callable[[], object], seconds: float) -> float:
    """Milliseconds of this process's own work for one turn, the median of as many as fit."""
    spent: list[float] = []
    start = time.perf_counter()
    while not spent or time.perf_counter() - start < seconds:
        before = time.process_time()
        work()
        spent.append(time.process_time() - before)
    return statistics.median(spent) * 1000


def started(*words: str) -> float:
    """Milliseconds from nothing to the end of a process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True)
    return (time.perf_counter() - start) * 1000


def starts() -> tuple[float, float]:
    """A process that loads the law and one that parses its files: medians, in turns."""
    names = [str(path) for path in read()]
    both = [(started("-c", LAW), started("-c", BARE, *names)) for _ in range(STARTS)]
    loading, bare = zip(*both, strict=True)
    return statistics.median(loading), statistics.median(bare)


def measured(seconds: float) -> dict[str, float]:
    """All figures, in milliseconds; sizes in files and bytes."""
    files, scenarios, law = read(), apart(), load(KZ)
    loading, bare = cost(lambda: load(KZ), seconds), cost(lambda: parse(files), seconds)
    start, start_bare = starts()
    return {
        "procedures": len(law.procedures), "files": len(files), "bytes": sum(one.stat().st_size for one in files),
        "loading": loading, "bare": bare, "ratio": loading / bare,
        "examples": cost(lambda: every_example(law), seconds), "examples bare": cost(lambda: parse(scenarios), seconds),
        "start": start, "start bare": start_bare,
    }  # fmt: skip


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.law", description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    found = measured(args.seconds)
    if args.json:
        print(json.dumps(found))
        return
    print(f"{found['procedures']} procedures in {found['files']} files of {found['bytes'] / 1e3:,.0f} kB")
    print(f"loading {found['loading']:.0f} ms, bare parser {found['bare']:.0f} ms: {found['ratio']:.2f} times")
    print(f"examples, apart: {found['examples']:.0f} ms, bare parser {found['examples bare']:.0f} ms")
    print(f"a process up to the law {found['start']:.0f} ms, up to the parsed files {found['start bare']:.0f} ms")


if __name__ == "__main__":
    main()
