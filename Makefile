# Two commands do everything on a fresh machine (Python 3.11, pip, make): `make run` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

export PREFECT_SERVER_ANALYTICS_ENABLED := false
export DO_NOT_TRACK := 1

.PHONY: run test check format schema docs freshness samples bench clean help

help:            ## list the targets
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --no-deps --requirement requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

run: $(READY)    ## set up, read raw/ and publish warehouse/
	$(BIN)/jixiao run

test: $(READY)   ## set up, check and run every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

check: test

format: $(READY) ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schema: $(READY) ## write dbt's YAML from the table definitions
	$(BIN)/python -m flows.tables.dbt_yaml

docs: $(READY)   ## the dbt project's site: dbt_project/target/docs/index.html
	$(BIN)/python -m flows.project docs

freshness: $(READY) ## how old the newest run and the newest reports are
	$(BIN)/python -m flows.project freshness

samples: $(READY) ## typeset the sample reports of raw/ anew
	$(BIN)/jixiao sample raw

bench: $(READY)  ## speed of the PDF reader against pdfplumber
	$(BIN)/python -m tests.bench.pdf

clean:           ## remove what was built
	rm -rf $(VENV) warehouse/* dbt_project/target
