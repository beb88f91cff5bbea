# The newsroom's commands. `make help` lists them; `make check` is exactly what CI runs.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export PORT
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test check lint types format lock messages bench pictures screens clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{printf "  make %-8s %s\n", $$1, $$2}'

# --- Environments: stamps, so that nothing is installed twice --------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt tests/html/package-lock.json | $(BIN)/python
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@PATH="$(abspath $(BIN)):$$PATH" npm ci --prefix tests/html --silent --no-audit --no-fund
	@touch $@ $(VENV)/.run

.env:
	@umask 077; echo "SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')" > $@

# --- Use -------------------------------------------------------------------------------------------------------

run: $(VENV)/.run .env ## the newsroom with demo content on http://127.0.0.1:8000 (PORT overrides)
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_demo --if-empty
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@echo
	@echo "  The newsroom:      http://127.0.0.1:$(PORT)/"
	@echo "  The editors' desk: http://127.0.0.1:$(PORT)/admin/"
	@echo "  An editor account: $(BIN)/python manage.py createsuperuser"
	@echo "  Ctrl-C stops it. State is in var/; delete it to start afresh."
	@echo
	@exec $(BIN)/gunicorn newsroom.wsgi --bind 127.0.0.1:$(PORT) --worker-class gthread --workers 2 --threads 4 \
		--no-control-socket

test: $(VENV)/.dev ## every test, on SQLite and PostgreSQL, and in a browser where there is one
	@BIN=$(BIN) tests/run.sh

check: lint types ## all that CI checks: lint, types, migrations, deployment settings, tests
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@DEBUG=0 SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
		SITE_URL=https://news.example.org VAR_DIR=$$(mktemp -d) \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	@$(MAKE) --no-print-directory test

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/djlint templates --check --lint

types: $(VENV)/.dev .env
	@$(BIN)/mypy

format: $(VENV)/.dev ## write code and templates in the project's format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/djlint templates --reformat --quiet

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --custom-compile-command "make lock"

lock: $(VENV)/.dev ## requirements.txt and its kin from the .in files
	$(COMPILE) requirements-prod.in -o requirements-prod.txt
	$(COMPILE) requirements.in -c requirements-prod.txt -o requirements.txt
	$(COMPILE) requirements-pdf.in -c requirements-prod.txt -o requirements-pdf.txt
	$(COMPILE) requirements-dev.in -c requirements-prod.txt -o requirements-dev.txt

messages: $(VENV)/.dev .env ## collect the interface's words into locale/, and compile what is translated (needs gettext)
	$(BIN)/python manage.py makemessages -l fr -l nl -l de --no-location --ignore=.venv --ignore=var --ignore=tests \
		--ignore=bench
	$(BIN)/python manage.py compilemessages --ignore=.venv

bench: $(VENV)/.dev .env ## measure archives of four sizes (BENCH_SIZES overrides); see docs/performance.md
	@$(BIN)/python -W ignore -m bench

pictures: $(VENV)/.dev ## take the pictures of the guide for editors anew
	@$(BIN)/python -W ignore docs/pictures.py

screens: $(VENV)/.dev ## screenshots of every public page in var/screens, to look at (SITE=http://… for another site)
	@SITE="$(SITE)" $(BIN)/python -W ignore docs/screens.py

clean: ## remove the environment; var/ and .env stay
	rm -rf $(VENV)
