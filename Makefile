# `make book` builds the site, `make test` proves it. Both make .venv from the one lock first.

PYTHONS := .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11
ifndef PYTHON
PYTHON := $(shell for p in $(PYTHONS); do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
endif
# Makes or mends .venv where it needs to be; what follows is run in it.
VENV = $(or $(PYTHON),$(error No Python 3.11 or newer was found. Install one, or name it: make \
	PYTHON=/path/to/python book$(if $(PYTHONHOME), (PYTHONHOME is set: is it right?)))) -m book.environment
RUN = $(VENV) -m

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
	@$(VENV)

book:
	@$(RUN) book.build

# One file of tests stays in one process: its tests share a browser, a page, or a small book. Besides
# how far it is and what it skips, the run says what took longest.
test: book
	@$(RUN) pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder \
	  --durations 12

bench:
	@$(RUN) bench

serve: book
	@echo "Serving _build/html on http://127.0.0.1:8000 (stop with Ctrl-C)"
	@$(RUN) http.server --bind 127.0.0.1 --directory _build/html 8000

# Jupyter asks the superuser, who is all there is in a container, to insist.
lab:
	@$(RUN) jupyterlab $(if $(filter 0,$(shell id -u)),--allow-root)

exercises:
	@$(RUN) book.exercises

notebooks: exercises
	@$(RUN) book.notebooks

lock:
	@$(RUN) uv pip compile pyproject.toml $(addprefix --extra ,viz checks book test lock) --universal --fork-strategy fewest --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --quiet \
	  --custom-compile-command "make lock" --output-file requirements.lock

clean:
	@rm -rf _build .pytest_cache .hypothesis .ruff_cache .mypy_cache
