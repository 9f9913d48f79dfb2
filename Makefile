# Each target makes its own environment first; nothing but git, make and Python 3.11+ is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

NODE := $(VENV)/node/node_modules

.PHONY: help demo test node lint types rules check docs shots speed latency wheel clean

help:
	@echo 'make demo    clean samples/ into demo/, show what goes and why'
	@echo 'make test    run the tests'
	@echo 'make check   tests, lint, types and the examples of all rules'
	@echo 'make node    what tests take from npm: checks of accessibility, the schema of SARIF'
	@echo 'make docs    run the commands the documentation shows, write down what they print'
	@echo 'make shots   pictures of the report for docs/, with the Chromium that is installed'
	@echo 'make speed   MB/s of each stage'
	@echo 'make latency CPU time of a hook on ten documents'
	@echo 'make wheel   build the wheel into dist/'
	@echo 'make clean   remove what these made'

demo: $(STAMP)
	$(BIN)/cleaner diff samples/news/harbour-ferry.txt
	$(BIN)/cleaner diff --stat samples
	$(BIN)/cleaner clean samples -o demo --force
	@echo 'The clean corpus is in demo/; $(BIN)/cleaner restore demo undoes it.'

test: $(STAMP)
	$(BIN)/python -m pytest -n auto --dist loadgroup

node: $(NODE)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

rules: $(STAMP)
	$(BIN)/cleaner rules test

check: test lint types rules

docs: $(STAMP)
	$(BIN)/python -m tests.consoles

shots: $(STAMP)
	rm -rf demo/report && $(BIN)/cleaner report samples -o demo/report
	$(BIN)/python -m tests.browser.shots docs/pictures demo/report

speed: $(STAMP)
	$(BIN)/python benchmarks/speed.py

latency: $(STAMP)
	$(BIN)/python benchmarks/latency.py

wheel: $(STAMP)
	$(BIN)/python -m build

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("cleaner needs Python 3.11 or newer, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

# No lock file: two packages that bring a file each, named with their versions, and no script of theirs is run.
$(NODE): tests/browser/package.json $(STAMP)
	mkdir -p $(VENV)/node
	cp tests/browser/package.json $(VENV)/node
	cd $(VENV)/node && npm install --no-package-lock --ignore-scripts --legacy-peer-deps --no-audit --no-fund --loglevel=error
	touch $@

clean:
	rm -rf $(VENV) demo build dist
