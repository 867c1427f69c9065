# `make` alone lists the commands. Nothing here needs more than make and Python.

VENV := .venv
PY := $(VENV)/bin/python
ARGS ?=
FITS := 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'

# What the checks take as an installation: no .env of this machine, and a key of their own.
CHECKED := env -u PORTAL_DATE ENV_FILE=/dev/null DEBUG=off HTTPS=on ALLOWED_HOSTS=portal.example.org \
	EMAIL_URL=smtp://mail.example.org:25 SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))')"
CODE := manage.py ccm_portal states reports actions tests

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test test-services faults bench backup restore check style types migrations imports deployment format pins

help:
	@echo "make run     prepare what is missing, then run the portal at http://127.0.0.1:8000/"
	@echo "             (make run PORT=8001 for another port; Ctrl-C stops it)"
	@echo "make test    the whole test suite (make test ARGS='-k deposit' for a part)"
	@echo "make test-services  the whole test suite on PostgreSQL and Redis"
	@echo "make bench   how fast the portal is, in ratios of one run (make bench ARGS='pages --small')"
	@echo "make backup  write database and files into one file (make backup FILE=/somewhere/portal.tar)"
	@echo "make restore FILE=…  put such a file back in place of all that is here"
	@echo "make faults  letters under faults: workers killed, brokers emptied, mail servers failing, at length"
	@echo "make check   style, types, migrations, import order, settings of an installation"
	@echo "make format  put code and templates into the project's style"
	@echo "make pins    write requirements*.txt anew from pyproject.toml"

run: $(VENV)/installed .env
	@$(PY) manage.py serve

test: $(VENV)/installed-dev
	@$(PY) -m pytest -n 2 --dist worksteal $(ARGS)

test-services: $(VENV)/installed-dev
	@TEST_ON_SERVICES=1 $(PY) -m pytest -n 2 --dist worksteal $(ARGS)

bench: $(VENV)/installed-dev
	@$(PY) -m tests.bench $(ARGS)

backup: $(VENV)/installed .env
	@$(PY) manage.py backup $(FILE)

restore: $(VENV)/installed .env
	@test -n "$(FILE)" || { echo "Name the backup: make restore FILE=/somewhere/portal.tar"; exit 1; }
	@$(PY) manage.py restore "$(FILE)" --replace-everything

# The tests of faults with more letters and many plans; FAULT_RUNS=100 tries more of them.
faults: $(VENV)/installed-dev
	@FAULT_LETTERS=$${FAULT_LETTERS:-200} FAULT_RUNS=$${FAULT_RUNS:-10} $(PY) -m pytest tests/faults $(ARGS)

# `make -k check` goes on after a failure and shows all of them.
check: style types migrations imports deployment

style: $(VENV)/installed-dev
	$(PY) -m ruff check $(CODE)
	$(PY) -m ruff format --check $(CODE)
	find templates -name '*.html' -exec $(VENV)/bin/djade --check {} +

types: $(VENV)/installed-dev
	$(CHECKED) $(PY) -m mypy $(CODE)

migrations: $(VENV)/installed-dev
	$(CHECKED) $(PY) manage.py makemigrations --check --dry-run

imports: $(VENV)/installed-dev
	PYTHONPATH=. $(VENV)/bin/lint-imports --no-logo --cache-dir .import_linter_cache

deployment: $(VENV)/installed-dev
	$(CHECKED) $(PY) manage.py check --deploy --fail-level WARNING

format: $(VENV)/installed-dev
	$(PY) -m ruff check --fix $(CODE)
	$(PY) -m ruff format $(CODE)
	find templates -name '*.html' -exec $(VENV)/bin/djade {} +

pins: export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
pins:
	@command -v uv >/dev/null || { echo "make pins needs uv: install it, for example with $(PY) -m pip install uv."; exit 1; }
	uv pip compile --universal --generate-hashes --no-header pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --no-header --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

# A virtual environment with the first Python of a fitting version that can make one.
$(PY):
	@for candidate in "$(PYTHON)" python3.11 python3.12 python3.13 python3; do \
		test -n "$$candidate" || continue; \
		"$$candidate" -c $(FITS) 2>/dev/null || continue; \
		found="$$candidate"; \
		"$$candidate" -c 'import venv, ensurepip' 2>/dev/null || continue; \
		"$$candidate" -m venv --clear $(VENV) && exit 0; \
		echo "The environment $(VENV) could not be made with $$candidate: see above."; exit 1; \
	done; \
	if test -n "$$found"; then \
		echo "$$found has no venv module: install it (on Debian and Ubuntu, the package python3-venv), then try again."; \
	else \
		echo "The portal needs Python 3.11, 3.12 or 3.13, and none was found: install one, or name it with PYTHON=/path/to/python."; \
	fi; exit 1

# The stamps say that what the lists name is installed.
$(VENV)/installed: requirements.txt | $(PY)
	@echo "Installing what the portal needs: this takes about a minute, and once only …"
	@$(call install,$<)
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt | $(PY)
	@echo "Installing what the portal and its tests need: this takes a minute or two, and once only …"
	@$(call install,$<)
	@touch $@ $(VENV)/installed

define install
$(PY) -c $(FITS) || { echo "$(VENV) was made with another version of Python: remove it, then try again."; exit 1; }; \
$(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r $(1) \
	|| { echo "The packages could not be installed: check the way to the package index, then try again."; exit 1; }
endef

# Settings of this machine, with a secret of its own; later changes to the example leave it alone.
.env: | $(PY)
	@umask 077 && key="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))')" \
		&& sed "s/^SECRET_KEY=.*/SECRET_KEY=$$key/" .env.example > .env.new && mv .env.new .env
	@echo "Wrote .env, the settings of this machine."
