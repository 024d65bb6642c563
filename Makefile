# The words everybody uses: a laptop, the README and CI. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv

.PHONY: help run check test test-fast test-bot train evaluate screenshots translations \
	format lock clean

help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

# --- environments: made once, and again when the pins change -------------------------------

$(BIN)/uv: requirements/bootstrap.txt
	@echo "Making the Python environment (.venv) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) -V). Try: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

.venv/.run: $(BIN)/uv requirements/run.txt pyproject.toml
	@echo "Installing what the services need …"
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/run.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

.venv/.dev: .venv/.run requirements/dev.txt
	@echo "Installing what checks and tests need …"
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

# --- daily words ---------------------------------------------------------------------------

run: .venv/.run ## start everything here and print the addresses (Ctrl-C stops it)
	@$(BIN)/python -m launcher

check: .venv/.dev ## format, lint, types, import rules, templates, catalogues
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --lint --quiet site/help_site/templates referral_api/desk/templates
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m help_site.catalogues check
	$(BIN)/mypy
	$(BIN)/pyright
	@$(BIN)/python bot/set_up.py
	cd bot && ../$(BIN)/mypy --config-file mypy.ini

test: .venv/.dev bot-ready ## every test: pages, API, desk, bot, browser journeys
	$(BIN)/pytest
	bot/.venv/bin/python -m pytest bot

test-fast: .venv/.dev ## the tests that need no browser, no database server and no bot
	$(BIN)/pytest -m "not browser and not postgresql and not rasa"

.PHONY: bot-ready
bot-ready: .venv/.run
	@$(BIN)/python bot/set_up.py
	@bot/.venv/bin/python bot/train.py

train: bot-ready ## train the bot (kept until its inputs change)

screenshots: .venv/.dev bot-ready ## take README's pictures again
	SCREENSHOTS_DIR=docs/screenshots $(BIN)/pytest tests/e2e/test_screenshots.py

SET ?= bot/evaluation/sets/own
REPORT ?= var/understanding.json
evaluate: bot-ready ## measure what the bot understands, and write docs/understanding.md (SET=folder REPORT=file)
	@mkdir -p $(dir $(REPORT))
	bot/.venv/bin/python bot/evaluation/evaluate.py $(SET) --report $(REPORT)

translations: .venv/.dev ## bring every catalogue in step with the words in code and content
	$(BIN)/python -m help_site.catalogues update

format: .venv/.dev ## format the Python code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/.run ## pin every dependency again, with hashes (requirements/*.txt)
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --python-version 3.11 requirements/bootstrap.in -o requirements/bootstrap.txt
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --python-version 3.11 pyproject.toml --extra site --extra referral-api \
		-c requirements/bootstrap.txt -o requirements/run.txt
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --python-version 3.11 pyproject.toml --extra site --extra referral-api --extra dev \
		-c requirements/run.txt -o requirements/dev.txt
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --python-version 3.11 --override bot/overrides.txt \
		bot/requirements.in -o bot/requirements.txt

clean: ## remove environments, models and the local run's data
	rm -rf .venv bot/.venv bot/models var
