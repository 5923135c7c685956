# The few verbs of this project. Each calls a tool; the tools explain themselves.
PYTHON ?= python3
# `exec`, so that stopping make stops the tool, and with it everything that the tool has started.
TOOLS = cd backend && exec $(PYTHON) -m tools
LIMITS_OFF = RATE_LIMITS_ENABLED=0 SIGN_IN_MAX_FAILURES=100000 CODES_PER_WINDOW=100000 NGINX_API_RATE=100000r/s ACCESS_TOKEN_MINUTES=120

.DEFAULT_GOAL := help
.PHONY: help run test dev e2e lighthouse stack lint format schema bench crashes kills soak

help: ## show this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*##/ {printf "  make %-10s %s\n", $$1, $$2}' Makefile

run: ## install, build, and serve the publication at http://127.0.0.1:8000 (HOST, PORT)
	@$(TOOLS).run

test: ## install, then everything that needs no root: lint, types, contracts, tests, build
	@$(TOOLS).test

dev: ## reloading backend, Vite with hot replacement
	@$(TOOLS).dev

e2e: ## browser journeys against the production shape (ARGS="--headed posts")
	@export RATE_LIMITS_ENABLED=0 CODES_PER_WINDOW=100000 NGINX_API_RATE=1000r/s NGINX_API_BURST=1000; $(TOOLS).stack exec --in frontend -- npx playwright test $(ARGS)

lighthouse: ## Lighthouse on the home page and a post, as on a phone on a slow line (RUNS, POST)
	@$(TOOLS).stack exec --in frontend -- node scripts/lighthouse.js

stack: ## the production shape from installed programs: PostgreSQL, Redis, Celery, Nginx
	@$(TOOLS).stack

lint: ## style and types, both halves
	@$(TOOLS).test lint

format: ## let the formatters have their way
	@$(TOOLS).setup test
	@cd backend && .venv/bin/ruff check --fix . && .venv/bin/ruff format . && npm --prefix ../frontend run format

schema: ## write backend/openapi.yaml, the client made from it, and the tables of docs/permissions.md
	@$(TOOLS).schema write

bench: ## requests a second and memory, against a bare viewset on the same server
	@$(PYTHON) bench/run.py $(ARGS)

kills: ## typing, while tab, server, network and session are killed at 200 random points (POINTS, SEED)
	@export RATE_LIMITS_ENABLED=0 CODES_PER_WINDOW=100000 NGINX_API_RATE=1000r/s NGINX_API_BURST=1000 REAL_KILLS=1 POINTS=$${POINTS:-200}; $(TOOLS).stack exec --in frontend -- npx playwright test --project=timed --no-deps losing-nothing $(ARGS)

crashes: ## publishing, killed at every SQL statement; 200 workers killed while they tell people (ARGS="--step telling")
	@$(TOOLS).crashes $(ARGS)

soak: ## a long run: readers without pause, 20,000 generated requests (SOAK_MINUTES)
	@export $(LIMITS_OFF); $(TOOLS).stack exec -- $(PYTHON) -m tools.soak
