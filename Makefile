# make demo: everything from nothing to a running demonstration. make help: the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
STAMPS := $(VENV)/stamps
CSS := src/qyzmet/look/static/look/qyzmet.css
PORT ?= 8000
POSTGRES ?= postgres://postgres@127.0.0.1:5432/postgres
# a file of tests stays in one process, so that what it prepares is prepared once
SHARE := -n auto --maxprocesses 4 --dist loadfile

help:
	@echo "make demo        prepare everything, fill the demo city, answer on 127.0.0.1:8000 (PORT=8001: there)"
	@echo "make demo-reset  throw the demo city away and make it anew"
	@echo "make setup       prepare .venv; the command is .venv/bin/qyzmet"
	@echo "make test        tests on SQLite, then on PostgreSQL where it answers"
	@echo "make check       lint, types, import contracts, messages, generated files, settings, migrations"
	@echo "make mutate-law  change the law's data one place at a time: which change does nobody notice?"
	@echo "make bench       measurements (not part of the tests)"
	@echo "make lock        newer versions of all parts, with their hashes"

setup: $(STAMPS)/run $(CSS) $(STAMPS)/messages

$(STAMPS)/venv:
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/venv requirements/run.txt pyproject.toml
	$(PIP) --require-hashes --no-deps -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/run requirements/dev.txt
	$(PIP) --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

# npm comes from a pinned Python package where the machine has none
$(STAMPS)/node: $(STAMPS)/run package.json package-lock.json requirements/node.txt
	command -v npm >/dev/null || $(PIP) --require-hashes --no-deps -r requirements/node.txt
	$(BIN)/python tools/front.py install
	@touch $@

$(CSS): $(STAMPS)/node tools/front.py tools/checker.py $(wildcard src/qyzmet/look/scss/* src/qyzmet/look/js/*) \
		$(wildcard src/qyzmet/look/verify/* src/qyzmet/law/kz/*/procedure.toml) src/qyzmet/ledger/words.toml
	$(BIN)/python tools/front.py build

$(STAMPS)/messages: $(STAMPS)/run tools/messages.py $(wildcard src/qyzmet/*/locale/*/LC_MESSAGES/*.po)
	$(BIN)/python tools/messages.py compile
	@touch $@

dev: setup $(STAMPS)/dev

demo: setup
	$(BIN)/qyzmet demo --port $(PORT)

demo-reset: setup
	$(BIN)/qyzmet demo --reset --port $(PORT)

test: test-sqlite test-postgres

test-sqlite: dev
	$(BIN)/pytest $(SHARE)
test-postgres: dev
	QYZMET_TEST_DATABASE=$(POSTGRES) $(BIN)/pytest $(SHARE)

check: check-lint check-format check-types check-contracts check-messages check-reference check-deploy

check-lint: dev
	$(BIN)/ruff check .
check-format: dev
	$(BIN)/ruff format --check .
check-types: dev
	$(BIN)/mypy
check-contracts: dev
	$(BIN)/lint-imports
check-messages: dev
	$(BIN)/python tools/messages.py check
check-reference: dev
	$(BIN)/python tools/reference.py check
check-deploy: dev
	$(BIN)/python tools/deploy.py

mutate-law: dev
	$(BIN)/python tools/mutate_law.py

bench: dev
	$(BIN)/python -m bench

LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade --quiet \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header
lock: dev
	$(LOCK) pyproject.toml --extra build -o requirements/run.txt
	$(LOCK) pyproject.toml --extra build --extra dev -c requirements/run.txt -o requirements/dev.txt
	$(LOCK) requirements/node.in -o requirements/node.txt
	npm install --package-lock-only --ignore-scripts

.PHONY: help setup dev demo demo-reset test test-sqlite test-postgres check bench mutate-law lock \
	check-lint check-format check-types check-contracts check-messages check-reference check-deploy
