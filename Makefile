# Everything that a person or CI does with this checkout. The work is in .ci/; `make` lists the targets.

SHELL := bash
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
export PORT ?= 8000
var := $(or $(VAR_DIR),var)
python := .venv/bin/python
# Tools that read the settings must not need a secret.
tools := DJANGO_SETTINGS_MODULE=cms.settings.test $(python)
# What tests run beside Python.
programs := CHROMIUM="$$(.ci/find-browser)" && HTML_CHECKER="$$(.ci/find-checker)" && \
	export CHROMIUM HTML_CHECKER
# One lock file for every machine, without the notes that would name a registry.
lock_options := --quiet --upgrade --universal --python-version 3.12 --generate-hashes \
	--no-header --no-annotate

.PHONY: help demo setup serve test probe bench test-packages coverage lint format lock reset test-services

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

demo: setup serve ## Set up, then serve the hub and three clinics until Ctrl-C (PORT=8000)

setup: ## Packages, settings, database, demo content; only what is missing
	@.ci/install requirements.txt
	@.ci/prepare

serve: ## Web server and task worker, until Ctrl-C (PORT=8000)
	@.ci/serve

test: test-packages ## The whole suite on SQLite, with a browser (ARGS="-k merge")
	@$(programs) && exec $(python) -m pytest -n 2 $(ARGS)

probe: test-packages ## The long proofs: random sequences, pairs of saves, page loads, walls between clinics
	@$(programs) && PROBE_SEQUENCES=1000 PROBE_PAIRS=2000 PROBE_LOADS=500 PROBE_ISOLATION=1 \
		PROBE_IMPORT=1000 PROBE_ATTACKS=70000 PROBE_FRESHNESS=1 \
		$(python) -m pytest -n 2 -rP tests/isolation/test_admin.py \
		tests/clinics/bulk/test_killed.py tests/isolation/test_stock.py \
		tests/articles/test_sequences.py tests/articles/test_concurrency.py \
		tests/clinics/edge/test_attacks.py tests/freshness \
		tests/browser/test_privacy.py $(ARGS)

bench: test-packages ## Every goal of performance beside its peers, into docs/performance.md (QUICK=1: five minutes)
	@[ "$$(id -u)" != 0 ] || { .ci/npm-install bench/npm && .ci/apt-install nginx-light varnish wrk && \
		{ .ci/apt-install chromium-headless-shell || echo "Lighthouse takes the browser of the tests." >&2; }; }
	@CHROMIUM="$$(.ci/find-browser)" && export CHROMIUM QUICK && exec $(python) -m bench.run $(ARGS)

test-services: test-packages ## The whole installation of deploy/ for real, from Debian packages (root)
	@.ci/services $(ARGS)

coverage: test-packages ## The suite with branch coverage, the least covered files first
	@$(programs) && $(python) -m pytest -n 2 -q --cov --cov-report=html --cov-report=term $(ARGS)

test-packages:
	@.ci/install tests/requirements.txt

lint: test-packages ## What CI checks about the code without running it
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m djlint templates --lint --quiet
	$(tools) -m mypy

format: test-packages ## Put Python files and imports in order
	$(python) -m ruff check --fix-only --quiet .
	$(python) -m ruff format .

lock: test-packages ## Pin the newest versions that requirements.in and tests/requirements.in allow
	$(python) -m uv pip compile $(lock_options) requirements.in -o requirements.txt
	$(python) -m uv pip compile $(lock_options) -c requirements.txt tests/requirements.in \
		-o tests/requirements.txt
	$(python) -m uv pip compile $(lock_options) -c requirements.txt deploy/requirements-s3.in \
		-o deploy/requirements-s3.txt

reset: ## Delete the database and the uploaded files; keeps .env and the accounts' passwords
	rm -rf $(var)/db.sqlite3* $(var)/media $(var)/static
