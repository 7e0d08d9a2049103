"""How many due dates a second: a working-day term with its facts, against a bare loop over the same days.

python bench/dates.py [--seconds 2] [--json]
"""

import argparse
import json
import time
from collections.abc import Callable
from datetime import date, timedelta

from qyzmet.law import due, kz

LAW = kz()
APPLICATION = LAW.procedure("application")
DAYS = [date(2026, 1, 1) + timedelta(days=n) for n in range(300)]
NUMBER = APPLICATION.term("decision").value_on(DAYS[0]).count or 0


def engine() -> int:
    """What the desk asks for: the date and the facts that explain it."""
    return sum(len(due(LAW, APPLICATION, "decision", start=day, as_of=day).facts) > 0 for day in DAYS)


def date_only() -> int:
    """The date alone."""
    return sum(due(LAW, APPLICATION, "decision", start=day, as_of=day).on > day for day in DAYS)


def bare() -> int:
    """The floor: walk the same number of weekdays with no calendar, no rule and no explanation."""
    done = 0
    for day in DAYS:
        end, left = day, NUMBER
        while left:
            end += timedelta(days=1)
            left -= end.weekday() < 5
        done += end > day
    return done


def rate(work: Callable[[], int], seconds: float) -> float:
    """Dates a second, over at least so many seconds."""
    done, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        done += work()
    return done / spent


WORK = {"bare": bare, "date": date_only, "date with facts": engine}


def main() -> None:
    """Print the three rates and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    found = {name: rate(work, args.seconds) for name, work in WORK.items()}
    if args.json:
        print(json.dumps(found))
        return
    print(f"bare loop             {found['bare']:>10,.0f} a second")
    for name in ("date", "date with facts"):
        print(f"due {name:<18}{found[name]:>10,.0f} a second, {found[name] / found['bare']:.2f} of the bare loop")


if __name__ == "__main__":
    main()
