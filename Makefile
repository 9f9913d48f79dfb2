# Each target makes its own environment first; nothing but git, make and Python 3.11+ is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help demo test lint types rules check docs speed latency wheel clean

help:
	@echo 'make demo    clean samples/ into demo/, show what goes and why'
	@echo 'make test    run the tests'
	@echo 'make check   tests, lint, types and the examples of all rules'
	@echo 'make docs    run the commands the documentation shows, write down what they print'
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

clean:
	rm -rf $(VENV) demo build dist
