# `make book` builds the site, `make test` proves it. Both make .venv from the one lock first.

PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(p) -c 'import sys; sys.version_info >= (3, 11) and print("$(p)")' 2>/dev/null)))
RUN := .venv/bin/python

.PHONY: help book test bench serve lab exercises notebooks lock clean environment

help:
	@echo "make book       build the site and print the page to open"
	@echo "make test       build it, then run every test"
	@echo "make bench      compare speed with other libraries, as ratios in one run"
	@echo "make serve      build it and serve it on this machine, http://127.0.0.1:8000"
	@echo "make lab        open chapters and exercises in JupyterLab"
	@echo "make notebooks  run chapters and solutions again; store their text outputs"
	@echo "make exercises  make the student notebooks from solutions/"
	@echo "make lock       resolve the dependencies of pyproject.toml anew"
	@echo "make clean      remove what was built (not .venv)"

environment:
	@if [ -z "$(PYTHON)" ]; then \
	  echo "No Python 3.11 or newer was found. Install one, or name it: make PYTHON=/path/to/python book" >&2; \
	  exit 1; \
	fi
	@$(PYTHON) book/environment.py

book: environment
	@$(RUN) -m book.build

test: book
	@$(RUN) -m pytest

bench: environment
	@$(RUN) -m bench

serve: book
	@echo "Serving _build/html on http://127.0.0.1:8000 (stop with Ctrl-C)"
	@$(RUN) -m http.server --bind 127.0.0.1 --directory _build/html 8000

lab: environment
	@$(RUN) -m jupyterlab

exercises: environment
	@$(RUN) -m book.exercises

notebooks: exercises
	@$(RUN) -m book.notebooks

lock: environment
	@$(RUN) -m uv pip compile pyproject.toml $(addprefix --extra ,viz checks book test lock) --universal --fork-strategy fewest --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --quiet \
	  --custom-compile-command "make lock" --output-file requirements.lock

clean:
	@rm -rf _build .pytest_cache .hypothesis .ruff_cache .mypy_cache
