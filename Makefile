# The front door: `make book` and `make test` set everything up in .venv and do the rest.

PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
PAGE ?= index.ipynb
# The certificates of the machine, where it keeps any: networks with a certificate of their own need them.
UV := $(BIN)/uv $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),--system-certs)
export PYTHONPATH := $(CURDIR)

.DEFAULT_GOAL := help
.PHONY: help book pdf test test-all tested mutants reproduce serve lab tables check linkcheck expected promises addresses zenodo lock bench clean

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile

book: .venv/ready ## run every chapter and build the book
	@$(BIN)/python -m book build

pdf: book ## print the book into one PDF
	@$(BIN)/python -m book pdf

test: SELECTION = -m "not slow"
test: tested ## build the book, print it, and pass every test but the slowest

test-all: tested ## build the book, print it, and pass every test, as continuous integration does

tested: book
	-@$(BIN)/python -m book pdf
	@$(BIN)/python -m pytest $(SELECTION)
	@echo "All tests passed: the book that they hold for is in _build/html/index.html"

mutants: MUTATED = corpus evidence characters problems loaded provenance proposals voices framing chronology claims findings reliability measures \
  pronunciation keyness names
mutants: PROVED = corpus evidence voices framing proposals claims chronology findings reliability measures keyness names pronunciation provenance
mutants: .venv/ready ## say how many small faults in the code the tests notice (a quarter of an hour)
	@$(BIN)/python -m tests.mutants $(MUTATED:%=analysis/%.py) --tests tests/unit tests/data $(PROVED:%=tests/test_%.py)

reproduce: .venv/ready ## build the book twice in different surroundings and compare
	@$(BIN)/python -m book reproduce

serve: .venv/ready ## open the built book on localhost
	@$(BIN)/python -m book serve

lab: .venv/ready ## open the chapters in JupyterLab, or one of them: make lab PAGE=chapters/voices.ipynb
	@test -f "$(PAGE)" || { echo "There is no $(PAGE). Remedy: name a notebook, as in: make lab PAGE=chapters/voices.ipynb" >&2; exit 1; }
	@$(BIN)/jupyter lab "$(PAGE)"

check: .venv/ready ## hold all data against what it must be
	@$(BIN)/python -m analysis check

tables: .venv/ready ## write every published table to _build/tables
	@$(BIN)/python -m analysis tables _build/tables

linkcheck: .venv/ready ## ask every other site that the built book links to (needs the network)
	@$(BIN)/python -m book linkcheck

expected: .venv/ready ## remake the committed results that the chapters are held against
	@$(BIN)/python -m book expected

promises: .venv/ready ## write the table of promises in the README from the marks of the tests
	@$(BIN)/python -m tests.promises

addresses: .venv/ready ## add the addresses of the built book to the committed list
	@$(BIN)/python -m book addresses

bench: .venv/ready ## measure speed and memory beside other tools, and write data/benchmarks (about twenty minutes, nothing else running)
	@UV="$(UV)" $(BIN)/python -m benchmarks

zenodo: .venv/ready ## write .zenodo.json from CITATION.cff
	@$(BIN)/python -m book zenodo

lock: .venv/uv ## resolve requirements.in into requirements.txt, and so for the tools of the benchmarks
	for name in requirements $(basename $(wildcard benchmarks/requirements-*.in)); do \
	  $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --custom-compile-command "make lock" --output-file $$name.txt $$name.in || exit 1; done

clean: ## remove all that was made
	rm -rf _build .venv .pytest_cache
	find analysis book tests -name __pycache__ -prune -exec rm -rf {} +

# Where an installation was stopped, uv takes packages that are half there for installed ones: all are installed again.
.venv/ready: requirements.txt .venv/uv
	@echo "Installing the locked packages into .venv"
	@again=$$(test ! -e .venv/installing || echo --reinstall) && touch .venv/installing && \
	  $(UV) pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode $$again requirements.txt
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
