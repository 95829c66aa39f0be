# The front door: each command sets up what it needs in .venv and does the rest. `make help` lists them.

PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
PAGE ?= index.ipynb
# The certificates of the machine, where it keeps any: networks with a certificate of their own need them.
UV := $(BIN)/uv $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),--system-certs)
ENVIRONMENT := .venv/ready
CODE := analysis batch book tests

.DEFAULT_GOAL := help
.PHONY: help book pdf test unit lint format watch serve lab check tables reproduce linkcheck expected promises addresses zenodo mutants bench lock clean

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile

book: $(ENVIRONMENT) ## run every chapter and build the book
	@$(BIN)/python -m book build

pdf: book ## print the book into one PDF (needs Pango: .ci/install)
	@$(BIN)/python -m book pdf

test: lint book ## everything, as continuous integration runs it: lint, build, print, and pass every test
	-@$(BIN)/python -m book pdf
	@$(BIN)/pytest -n 2 --dist worksteal --durations=40
	@echo "All tests passed: the book that they hold for is in _build/html/index.html"

unit: $(ENVIRONMENT) ## the quick tests, of code and data: no book, no browser (some minutes)
	@$(BIN)/pytest -n 2 --dist worksteal tests/unit tests/data

lint: $(ENVIRONMENT) ## style, types, import contracts, data, prose and notebook rules (under half a minute)
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/ruff format --quiet --check $(CODE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m analysis check
	@$(BIN)/python -m book lint

format: $(ENVIRONMENT) ## let ruff decide the shape of the code
	@$(BIN)/ruff check --quiet --fix $(CODE)
	@$(BIN)/ruff format $(CODE)

watch: $(ENVIRONMENT) ## open the book, rebuild what a change touches, and reload the open page
	@$(BIN)/python -m book watch

serve: $(ENVIRONMENT) ## open the built book on localhost
	@$(BIN)/python -m book serve

lab: $(ENVIRONMENT) ## open the chapters in JupyterLab, or one of them: make lab PAGE=chapters/voices.ipynb
	@test -f "$(PAGE)" || { echo "There is no $(PAGE). Remedy: name a notebook, as in: make lab PAGE=chapters/voices.ipynb" >&2; exit 1; }
	@$(BIN)/jupyter lab "$(PAGE)"

check: $(ENVIRONMENT) ## hold all data against what they must be
	@$(BIN)/python -m analysis check

tables: $(ENVIRONMENT) ## write every published table to _build/tables
	@$(BIN)/python -m analysis tables _build/tables

reproduce: $(ENVIRONMENT) ## build the book twice in different surroundings and compare
	@$(BIN)/python -m book reproduce

linkcheck: $(ENVIRONMENT) ## ask every other site that the built book links to (needs the network)
	@$(BIN)/python -m book linkcheck

expected: $(ENVIRONMENT) ## remake the committed results that the chapters are held against
	@$(BIN)/python -m book expected

promises: $(ENVIRONMENT) ## write the list of promises from the marks of the tests
	@$(BIN)/python -m tests.promises

addresses: $(ENVIRONMENT) ## add the addresses of the built book to the committed list
	@$(BIN)/python -m book addresses

zenodo: $(ENVIRONMENT) ## write .zenodo.json from CITATION.cff
	@$(BIN)/python -m book zenodo

mutants: $(ENVIRONMENT) ## plant 200 faults in the analysis and print the share that the quick tests notice (a quarter of an hour)
	@$(BIN)/python -m tests.mutants analysis/corpus analysis/coding analysis/stylometry

bench: $(ENVIRONMENT) ## measure speed and memory beside other tools, and write data/benchmarks (an hour or more, nothing else running)
	@UV="$(UV)" $(BIN)/python -m batch.benchmarks

lock: .venv/uv ## resolve requirements.in into requirements.txt, and so for the tools of the benchmarks
	for name in requirements $(basename $(wildcard batch/benchmarks/requirements-*.in)); do \
	  $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command "make lock" --output-file $$name.txt $$name.in || exit 1; done

clean: ## remove all that was made
	rm -rf _build .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find $(CODE) -name __pycache__ -prune -exec rm -rf {} +

# Where an installation was stopped, uv takes packages that are half there for installed ones: all are installed again.
$(ENVIRONMENT): requirements.txt pyproject.toml .venv/uv
	@echo "Installing the locked packages into .venv"
	@again=$$(test ! -e .venv/installing || echo --reinstall) && touch .venv/installing && \
	  $(UV) pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode $$again requirements.txt && \
	  $(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@mv .venv/installing $@

.venv/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or newer is needed: install it, or name it, as in: make PYTHON=python3.12 book" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python lacks venv: install it with: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Making the environment .venv"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@
