# Everything a developer does here; `make` alone lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --constraint requirements.lock
INSTALL := $(PIP) --build-constraint requirements.lock --editable .
EXTRAS := documents,official-list,policy,report,spark
BABEL := .venv/bin/pybabel --quiet

SYSTEM := chromium fonts-croscore libreoffice-calc-nogui libreoffice-writer-nogui \
  openjdk-17-jre-headless poppler-utils procps
.PHONY: help install system demo test lint types pytest deep mutants golden catalogues bench lock clean

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- installing --------------------------------------------------------------------

install: .venv/installed ## Install diaban into .venv

.venv/installed: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; (3, 11) <= sys.version_info < (3, 14) or sys.exit(\
	  f"diaban needs Python 3.11, 3.12 or 3.13; $(PYTHON) is {sys.version.split()[0]}. "\
	  "Name another one: make PYTHON=python3.12 ...")'
	@command -v cc gcc clang >/dev/null || { echo "diaban needs a C compiler, to build"\
	  "durable-rules: install gcc or clang (package build-essential)." >&2; exit 1; }
	@echo "Installing into .venv (a minute or so) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) pip
	@$(INSTALL)
	@touch $@

.venv/developing: .venv/installed
	@echo "Installing the developers' tools into .venv ..."
	@$(INSTALL)[$(EXTRAS)] --group dev
	@touch $@

.venv/benching: .venv/developing
	@echo "Installing the engines to compare with into .venv ..."
	@$(INSTALL)[$(EXTRAS)] --group bench
	@touch $@

# Word, LibreOffice and a browser open what diaban makes; without these, the tests that
# look at documents so are skipped.
system: ## Install, as root, the Debian packages that some tests look at documents with
	@missing=; for program in soffice chromium pdftotext java; do \
	  command -v $$program >/dev/null || missing=$$program; done; \
	fc-list 2>/dev/null | grep -q Tinos || missing=Tinos; \
	if [ -n "$$missing" ]; then apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	  $(SYSTEM) >/dev/null; fi

# --- running -----------------------------------------------------------------------

# `assess` ends 1 where a locality does not pass, as most of the example's do not.
demo: .venv/installed ## Judge the example: 72 hamlets, 7 communes and their city
	@code=0; .venv/bin/diaban assess examples/lai-chau --pack lai-chau/city-2024 \
	  --as-of 2024-03-31 || code=$$?; \
	if [ $$code -ne 1 ]; then \
	  echo "make demo: expected exit code 1 (some localities fail), got $$code" >&2; exit 1; \
	fi; echo "diaban ended 1: some localities do not pass, as the city's review published."

bench: .venv/benching ## Compare with other engines and queries by hand; write docs/benchmarks.md
	$(PY) -m benchmarks.start_up
	$(PY) -m benchmarks.assess_typed
	$(PY) -m benchmarks.written

# --- checking ----------------------------------------------------------------------

test: lint types pytest ## Everything CI runs: style, types, all tests

lint: .venv/developing ## Style of code and of YAML
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m yamllint --strict .

types: .venv/developing ## Static types
	$(PY) -m mypy

pytest: .venv/developing ## All tests, with branch coverage
	rm -f .coverage .coverage.*
	HYPOTHESIS_PROFILE=ci $(PY) -m coverage run -m pytest -n 2
	$(PY) -m coverage combine --quiet
	$(PY) -m coverage report

deep: .venv/developing ## The properties, searched ten times as long
	HYPOTHESIS_PROFILE=deep $(PY) -m pytest -n 2 -m hypothesis

mutants: .venv/developing ## Ask each fault in the kernel whether a test notices it (half an hour; ASKED="…")
	nice -n 15 $(PY) -m tests.mutation.run $(ASKED)

golden: .venv/developing ## Rewrite the golden files, then read the diff
	$(PY) -m pytest --update-golden -m golden
	git diff --stat -- tests/golden

# --- making ------------------------------------------------------------------------

catalogues: .venv/developing ## Collect the messages, merge and compile the catalogues
	$(BABEL) extract --mapping-file babel.cfg --no-location --sort-output \
	  --output diaban.pot engine cli
	$(BABEL) update --domain diaban --input-file diaban.pot --output-dir cli/locale \
	  --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date
	$(BABEL) compile --domain diaban --directory cli/locale
	@rm diaban.pot

lock: ## Resolve the ranges of pyproject.toml anew into requirements.lock
	$(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip install --quiet --upgrade pip setuptools
	.venv-lock/bin/python -m pip install --quiet --editable .[$(EXTRAS)] --group dev
	{ grep '^#' requirements.lock; \
	  .venv-lock/bin/python -m pip freeze --all --exclude-editable; } > requirements.new
	mv requirements.new requirements.lock
	rm -r .venv-lock

clean: ## Remove what was installed and cached
	rm -rf .venv .venv-lock .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
