# Jointplan. `make help` lists what can be done.
SHELL := /bin/sh
.SILENT:
.DEFAULT_GOAL := help

UV_PROJECT_ENVIRONMENT ?= .venv
VENV := $(UV_PROJECT_ENVIRONMENT)
PY := $(VENV)/bin/python
LAUNCH := exec $(PY) -m config.launch
RUN_DEPS := $(VENV)/.installed-run
DEV_DEPS := $(VENV)/.installed-dev
ARGS ?=

# Else each process of a site, and each that a test starts, compiles some thousand modules anew.
unexport PYTHONDONTWRITEBYTECODE

# Invented values of a production site: enough for Django's deployment checks, nothing connects.
PRODUCTION := env -u JOINTPLAN_EMBEDDED DJANGO_SETTINGS_MODULE=config.settings \
	SECRET_KEY=only-for-the-deployment-check-Zx81kq0vN4tR7mWb2yLcPfHs9dJgEu \
	DATABASE_URL=postgres://application:none@127.0.0.1:1/none \
	BROKER_URL=redis://:none@127.0.0.1:1/0 \
	EMAIL_HOST=127.0.0.1 EMAIL_PORT=1 \
	SITE_URL=https://jointplan.example ALLOWED_HOSTS=jointplan.example TRUSTED_PROXIES=1 \
	LOG_DIR=var/check MEDIA_ROOT=var/check

.PHONY: help install up down status test check bench prove backup restore manage fmt translations lock

help: ## list these commands
	sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

$(RUN_DEPS): uv.lock pyproject.toml
	sh config/launch/install.sh run "$(VENV)"

$(DEV_DEPS): uv.lock pyproject.toml
	sh config/launch/install.sh dev "$(VENV)"

install: $(DEV_DEPS) ## install the locked dependencies

up: $(RUN_DEPS) ## start everything on http://localhost:8000 (PORT=8123 make up); Ctrl-C stops it
	$(LAUNCH) up --with-parent

down: $(RUN_DEPS) ## stop everything, also what a killed `make up` left
	$(LAUNCH) down

status: $(RUN_DEPS) ## say what runs; for scripts, an error when the site is stopped
	$(LAUNCH) status

test: $(DEV_DEPS) ## run all tests on a database of their own (ARGS="-k name")
	$(LAUNCH) test -- $(ARGS)

check: $(DEV_DEPS) ## run the linters, the types, the import contract and the deployment checks
	mkdir -p var/check
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PRODUCTION) $(PY) -m mypy
	$(PRODUCTION) $(PY) -c 'import sys; from importlinter.cli import lint_imports_command; sys.argv[0] = "lint-imports"; lint_imports_command()'
	$(PY) -m djlint --lint --quiet templates
	$(PRODUCTION) $(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	echo "make check: everything holds"

bench: $(DEV_DEPS) ## measure speed on a database of its own
	$(LAUNCH) bench -- $(ARGS)

prove: $(DEV_DEPS) ## run the long proofs, and every property test on far more examples
	$(LAUNCH) test -- --hypothesis-profile=prove -m "prove or hypothesis" $(ARGS)

backup: $(RUN_DEPS) ## write database and files into one archive below var/backups
	$(LAUNCH) backup

restore: $(RUN_DEPS) ## put an archive in their place (make restore FILE=var/backups/...)
	test -n "$(FILE)" || { echo "say which: make restore FILE=var/backups/..." >&2; exit 1; }
	$(LAUNCH) restore "$(FILE)"

manage: $(RUN_DEPS) ## run manage.py on the embedded database (ARGS="record verify")
	$(LAUNCH) manage -- $(ARGS)

fmt: $(DEV_DEPS) ## format the code
	$(PY) -m ruff check --fix --quiet .
	$(PY) -m ruff format --quiet .

translations: $(DEV_DEPS) ## merge locale/*/parts into the catalogues and compile them, without gettext
	$(PY) -m config.launch.translations

lock: ## write uv.lock anew from pyproject.toml
	UV_PYTHON_DOWNLOADS=never $$(command -v uv || echo .tools/uv/bin/uv) lock
