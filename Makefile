# The commands. `make` alone lists them. Each makes its own .venv first.
PYTHON ?= python3
PORT ?= 8000
ARCHITECTURE ?= arm64
MACHINE := $(subst aarch64,arm64,$(shell uname -m))
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RUNS := $(VENV)/.runs
MINISTACK := .venv-ministack
DYNALITE := .dynalite
AUDIT := .venv-audit
AUDIT_VERSION := 2.10.1
DYNALITE_VERSION := 4.0.0
HERE := --ignore tests/second_opinion --ignore tests/bench
# Neighbours stay in one process, which shares what they share; compiled tests are kept.
TESTED := env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -n auto --dist worksteal
PIP := $(BIN)/pip install --quiet --no-compile
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help run test proofs second-opinion any-day bench check lint types imports docs templates package deploy screenshots handbook-pdf browser audit clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# What `make run` needs, and no more: the product with the extra `run` of pyproject.toml. Of that
# only what is imported is compiled, which is a small part.
$(RUNS): pyproject.toml constraints.txt
	@echo "· Python environment in $(VENV) (half a minute, the first time)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Name another with: make PYTHON=python3.12 …" or 0)'
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@$(PIP) --constraint constraints.txt --editable '.[run]'
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/desk serve --help >/dev/null
	@touch $@

# The rest, in the same place: what tests, checks and packages.
$(READY): $(RUNS) requirements-dev.txt
	@echo "· the developers' tools, too (a minute or two, the first time)"
	@$(PIP) --constraint constraints.txt --requirement requirements-dev.txt
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib >/dev/null || true # packages hold templates, too
	@touch $@

run: $(RUNS) ## handbook, form and mailbox on http://localhost:8000, offline, with sample data
	@$(BIN)/desk serve --port $(PORT)

test: $(READY) ## the tests, but for those of `make proofs`; a few minutes
	@$(TESTED) -m "not browser and not slow" $(HERE)

proofs: $(READY) ## the browser's tests (with a Chromium) and the slow proofs; some more minutes
	@$(TESTED) -m "browser or slow" $(HERE)

second-opinion: $(READY) $(MINISTACK)/.ready $(DYNALITE)/.ready-$(DYNALITE_VERSION) ## a stage deployed without AWS, and the table again, on two other implementations of it
	@$(BIN)/pytest tests/second_opinion

any-day: docs ## the tests that read the machine's clock, on other days; DAYS=few takes two minutes
	@$(BIN)/python tests/any_day/run.py "$(DAYS)"

bench: $(READY) ## figures: cold start, code paths, an offline day, 5,000 due at once, a year of reports; some minutes
	@$(BIN)/pytest tests/bench --capture=no --quiet

$(MINISTACK)/.ready: requirements-ministack.txt
	@echo "· ministack in $(MINISTACK)"
	@$(PYTHON) -m venv $(MINISTACK)
	@$(MINISTACK)/bin/pip install --quiet -r requirements-ministack.txt
	@touch $@

$(DYNALITE)/.ready-$(DYNALITE_VERSION):
	@echo "· dynalite in $(DYNALITE)"
	@command -v npm >/dev/null || { echo "npm is needed: apt-get install nodejs npm"; exit 1; }
	@rm -rf $(DYNALITE)
	@npm install --loglevel error --prefix $(DYNALITE) --no-save --no-package-lock --no-audit --no-fund \
	  --ignore-scripts dynalite@$(DYNALITE_VERSION)
	@touch $@

check: lint types imports docs templates ## lint, types, imports, strict docs, templates

lint: $(READY)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

imports: $(READY)
	@$(BIN)/lint-imports --no-cache

docs: $(READY) ## the handbook and the form, built strictly into site/
	@$(BIN)/python docs/build.py

# Handlers start from the zips alone only where they were built for: here, this machine's own.
templates: $(READY) ## the packaged templates, linted; the handlers, started from their zips
	@$(BIN)/desk package --architecture $(MACHINE) --out build/package-$(MACHINE)

package: $(READY) ## the deployment package and its template, into build/package/
	@$(BIN)/desk package --architecture $(ARCHITECTURE)

deploy: $(READY) ## a stage in the company's own AWS account: STAGE=prod WITH="--organisation … --policy … …"
	@test -n "$(STAGE)" || { echo "Name the stage: make deploy STAGE=prod WITH=\"--organisation ours/organisation.toml --policy ours/policy.toml\""; exit 2; }
	@$(BIN)/desk deploy --stage "$(STAGE)" --architecture $(ARCHITECTURE) $(WITH)

screenshots: $(READY) ## the README's and the handbook's pictures, from the offline cloud (needs a Chromium)
	@$(BIN)/python infra/screenshots.py

handbook-pdf: $(READY) ## the whole handbook as PDF, one file a language (needs a Chromium)
	@$(BIN)/python infra/handbook_pdf.py

browser: $(READY) ## the browser tests alone
	@$(BIN)/pytest -m browser

# By itself and no part of `check`: advisories come from the network, and change without a commit.
audit: ## known advisories about what is pinned; says so where there is nowhere to ask
	@test -x $(AUDIT)/bin/pip-audit || $(PYTHON) -m venv $(AUDIT)
	@test -x $(AUDIT)/bin/pip-audit || $(AUDIT)/bin/pip install --quiet --disable-pip-version-check \
	  pip-audit==$(AUDIT_VERSION) || { echo "· nothing was audited: pip-audit cannot be fetched from here. Run it where it can."; exit 1; }
	@$(AUDIT)/bin/pip-audit --progress-spinner off --no-deps --disable-pip --requirement constraints.txt \
	  || { echo "· advisories above, or none was reachable: the lines above say which. Raise the pins, and make again."; exit 1; }

clean: ## forget everything that was made
	rm -rf $(VENV) $(MINISTACK) $(DYNALITE) $(AUDIT) .local build site docs/generated docs/zh/complain docs/en/complain
