"""All measurements, one after the other, as Markdown.

make bench, or python -m bench [--million] [--kinds sqlite,postgresql] [--sizes 1k,100k] [--redate 10k,100k] [--keep]

Each measurement is a process of its own. A city that was filled, or half filled, by a run that was stopped is used
again; at the end all are thrown away, unless --keep says otherwise. A million cases take 8 to 20 minutes to fill and
11 GB a database.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.places import FOLDER, KINDS, Place, size_of

REGISTER_UP_TO = 100_000
"""Registering is measured in cities of at most so many cases."""


def step(*words: str) -> Any:
    """Run a measurement; what it prints is JSON."""
    print(f"$ python -m {' '.join(words)}", file=sys.stderr, flush=True)
    done = subprocess.run([sys.executable, "-m", *words], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def machine() -> str:
    """Where this runs."""
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{os.cpu_count()} x {model}, {memory:.0f} GB memory, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; load before the run {load}"
    )


class Report:
    """Lines of one Markdown table."""

    def __init__(self) -> None:
        self.lines = ["| what | database | cases | measured | against | wanted |", "|---|---|---|---|---|---|"]

    def add(self, *cells: str) -> None:
        """One row, printed at once: a long run can be read while it goes on."""
        self.lines.append(f"| {' | '.join(cells)} |")
        print(self.lines[-1], file=sys.stderr, flush=True)


def reached(kinds: list[str], report: Report) -> list[str]:
    """The databases that are there: SQLite always, PostgreSQL where its server answers."""
    found = [kind for kind in kinds if Place(kind, "1k").reached()]
    for kind in kinds:
        if kind not in found:
            report.add("everything", kind, "", "no server answers", "", "")
    return found


def dates(report: Report) -> None:
    """Dates a second; no database."""
    found = step("bench.dates", "--json")
    for name in ("date", "date with facts"):
        rate, ratio = found[name], found[name] / found["bare"]
        report.add(f"due {name}", "none", "", f"{rate:,.0f} a second", f"{ratio:.2f} of a bare loop", "20,000 a second")


def law(report: Report) -> None:
    """Reading the law whole; no database."""
    found = step("bench.law", "--json")
    told = f"{found['procedures']} procedures, {found['files']} files"
    report.add(
        f"load the law ({told})",
        "none",
        "",
        f"{found['loading']:.0f} ms; a process {found['start']:.0f} ms",
        f"{found['ratio']:.2f} times the bare parser ({found['bare']:.0f} ms; a process {found['start bare']:.0f} ms)",
        "",
    )
    report.add(
        "read its examples, apart",
        "none",
        "",
        f"{found['examples']:.0f} ms",
        f"bare parser {found['examples bare']:.0f} ms",
        "",
    )


def filled(kind: str, sizes: list[str], report: Report) -> None:
    """The cities, and what they hold."""
    for size in sizes:
        found = step("bench.cities", "--kind", kind, "--cases", size)
        told = f"{found['open']:,} open, {found['people']} people in {found['bodies']} bodies"
        report.add("city", kind, f"{size_of(size):,}", f"{found['bytes'] / 1e9:.1f} GB", told, "")


def lists(kind: str, sizes: list[str], report: Report) -> None:
    """Lists in all cities in turns."""
    found = step("bench.lists", "--kind", kind, "--tags", ",".join(sizes), "--json")
    for row in found["lists"]:
        measured = f"p50 {row['p50']:.1f} ms, p95 {row['p95']:.1f} ms, own work {row['work']:.1f} ms"
        wanted = "x2, p95 50 ms" if row["cases"] == "1m" else ""
        report.add(
            row["question"],
            kind,
            f"{size_of(row['cases']):,}",
            measured,
            f"x{row['ratio']:.2f}, work x{row['work ratio']:.2f}",
            wanted,
        )
    read = {name: tables for name, tables in found["scans"].items() if tables}
    told = "; ".join(f"{name}: {', '.join(tables)}" for name, tables in read.items()) or "none"
    report.add("big tables read whole by a list", kind, f"{size_of(sizes[-1]):,}", told, "", "none")


def register(kind: str, sizes: list[str], report: Report) -> None:
    """Registering against the floor."""
    for size in sizes:
        if size_of(size) > REGISTER_UP_TO:
            continue
        found = step("bench.register", "--kind", kind, "--tag", size)
        ours, floor = found["qyzmet"], found["floor"]
        report.add(
            "register, 8 clients",
            kind,
            f"{size_of(size):,}",
            f"{ours['a second']:.0f} a second, p95 {ours['p95 ms']:.0f} ms",
            f"{found['ratio']:.2f} of the floor ({floor['a second']:.0f} a second)",
            "0.5 of the floor",
        )


def redate(kind: str, sizes: list[str], report: Report, *, keep: bool) -> None:
    """Dating again against a bare UPDATE; how the work of one case grows with the city."""
    least = 0.0
    for size in sizes:
        found = step("bench.redate", "--kind", kind, "--cases", size, *["--keep"] * keep)
        work = found["cpu ms a moved case"]
        least = least or work
        told = f"{found['seconds']:.0f} s ({found['cpu seconds']:.0f} s of CPU), {found['moved']:,} moved"
        told += f", stopped after {found['stopped after']:,} and taken up again" if found["stopped after"] else ""
        floor = f"a bare UPDATE takes {found['floor seconds']:.2f} s; a moved case {work:.2f} ms, x{work / least:.2f}"
        wanted = "30 s" if size_of(size) == 100_000 else ""
        report.add("date again", kind, f"{size_of(size):,} open", told, floor, wanted)


def main() -> None:
    """Everything that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--sizes", default="1k,100k", help="cities, the smallest first")
    parser.add_argument("--million", action="store_true", help="a city of a million cases too")
    parser.add_argument("--redate", default="10k,100k", help="cities of open cases only")
    parser.add_argument("--only", default="law,dates,lists,register,redate")
    parser.add_argument("--keep", action="store_true", help="keep the databases for the next run")
    parser.add_argument("--out", type=Path, default=FOLDER / "bench.md")
    args = parser.parse_args()
    report, asked = Report(), args.only.split(",")
    told, sizes = machine(), args.sizes.split(",") + ["1m"] * args.million
    kinds = reached(args.kinds.split(","), report)
    if "law" in asked:
        law(report)
    if "dates" in asked:
        dates(report)
    for kind in kinds:
        if "lists" in asked or "register" in asked:
            filled(kind, sizes, report)
        if "lists" in asked:
            lists(kind, sizes, report)
        if "register" in asked:
            register(kind, sizes, report)
        if not args.keep:
            for size in sizes:
                Place(kind, size).drop()
        if "redate" in asked:
            redate(kind, args.redate.split(","), report, keep=args.keep)
    text = "\n".join([told, "", *report.lines, ""])
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
