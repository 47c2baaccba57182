# Every target starts from nothing but python3 (3.11 or later, with venv). Without make: see bootstrap.py.

PYTHON ?= python3
BOOTSTRAP = $(PYTHON) bootstrap.py
IN = .venv/bin/

.PHONY: up test test-faults screenshots bench lint format rights openapi lock environment clean

up: ## the register on this machine; PORT=, DATA_DIR=, DEMO=0
	@exec $(BOOTSTRAP) up

test: ## the tests, on a throw-away PostgreSQL and Valkey of their own; ARGS="-k words"
	@exec $(BOOTSTRAP) test $(ARGS)

test-faults: environment ## kills, hangs and long races
	$(IN)pytest -m faults $(ARGS)

screenshots: environment ## the pictures of docs/staff-guide.md, made anew by the tests that walk its stories
	SCREENSHOTS=1 $(IN)pytest -n 0 -q tests/browser/test_stories.py tests/browser/test_desk.py tests/browser/test_people.py \
	  tests/browser/test_replies.py -k "43 or 36 or late or set_up or two_people or replies or complaint"

BENCHMARKS ?= sweep api search exports import alerts desk

bench: environment ## full-size measurements, an hour or more; some of them: BENCHMARKS="sweep api"
	@missed=; for name in $(BENCHMARKS); do \
	  echo "== $$name"; $(IN)python -m benchmarks.$$name $(ARGS) || missed="$$missed $$name"; \
	done; if [ -n "$$missed" ]; then echo "a limit is missed by:$$missed"; exit 1; fi

lint: environment ## style, types, who imports whom, migrations
	$(IN)ruff check .
	$(IN)ruff format --check .
	$(IN)mypy
	$(IN)lint-imports
	$(IN)python -m tests.check_migrations

format: environment ## let ruff rewrite what it can
	$(IN)ruff check --fix .
	$(IN)ruff format .

rights: environment ## write docs/rights.md anew from the table that the tests ask
	$(IN)python -m tests.rights.matrix > docs/rights.md

openapi: environment ## write docs/openapi.yaml anew from the code
	EMBEDDED=1 $(IN)python manage.py spectacular --fail-on-warn --validate --file docs/openapi.yaml

lock: ## refresh the lock files from pyproject.toml
	@exec $(BOOTSTRAP) lock

environment:
	@exec $(BOOTSTRAP) environment --dev

clean: ## the environments, not the data
	rm -rf .venv .tools
