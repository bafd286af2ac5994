# Every target installs what it needs into .venv first; the second call finds it there.
VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready
TESTING := $(VENV)/.testing
INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r

.PHONY: data test ui lint accuracy explorer bench release clean help

data: $(READY)            ## seeds/ to data/: read, extract, check, publish
	@$(PYTHON) -m pipeline

test: $(TESTING)          ## run the tests, the validators of the release among them
	@$(PYTHON) -m pytest -n 2 --dist loadfile

ui: $(READY)              ## the pipeline in Dagster's web page on 127.0.0.1
	@$(PYTHON) -m pipeline ui

lint: $(READY)            ## style and types
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

accuracy: $(READY)        ## precision and recall on the annotated documents; writes accuracy.json and README's table
	@$(PYTHON) -m tests.accuracy.report

explorer:                 ## the code of the release's page, from its sources; needs npm, and is committed
	@cd pipeline/explorer/web && npm ci --silent --no-audit --no-fund && npm run --silent build

bench: $(READY)           ## speed, memory and start, beside other tools if the extra `bench` is installed
	@$(PYTHON) -m tests.benchmarks
	@$(PYTHON) -m tests.benchmarks.scale --pages 500

release: lint test        ## everything that a release needs; writes CHANGES.md and changes/ against the last one
	@S3_PIPELINE_VALIDATORS=always $(PYTHON) -m pipeline
	@$(PYTHON) -m pipeline changes --record

clean:                    ## forget cache, history and staging; data/ stays
	rm -rf .work .dagster

help:
	@sed -n 's/^\([a-z]*\):.*## /\1: /p' Makefile | column -t -s: 2>/dev/null

# The first Python from 3.11 on that works: a name on PATH may be a stub that does not.
$(READY): requirements.lock
	@set -e; found=; for name in python3.13 python3.12 python3.11 python3.14 python3 python; do \
	  if $$name -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then found=$$name; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "error: Python 3.11 or newer is needed on PATH" >&2; exit 1; fi; \
	echo "Installing into $(VENV) with $$($$found --version) ..."; \
	[ -x $(PYTHON) ] && $(PYTHON) -c 'import pip' 2>/dev/null || $$found -m venv --clear $(VENV); \
	$(INSTALL) requirements.lock
	@touch $(READY)

# Validators, readers and the notebook's kernel: as large as all the rest, and nothing that makes data needs them.
$(TESTING): tests/requirements.lock $(READY)
	@echo "Installing what tests need ..."
	@$(INSTALL) tests/requirements.lock
	@touch $(TESTING)
