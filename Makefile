# The portal's commands. `make help` lists them; each sets up what it needs first.
# A fresh machine needs Python 3.11 or newer and make, nothing else.

UV_VERSION := 0.13.9
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

TOOLS := .tools
UV := $(TOOLS)/uv-$(UV_VERSION)
RUN := .venv/bin/python
MANAGE := $(RUN) manage.py
PACKAGES := alliance_portal partners measures reporting

# The commands start many processes; with compiled modules each starts in half the time.
unexport PYTHONDONTWRITEBYTECODE

# uv keeps its cache in the home directory, or here where there is none to write to.
PICK_CACHE := if ! { [ -n "$${UV_CACHE_DIR:-}" ] || { [ -n "$${HOME:-}" ] && mkdir -p "$$HOME/.cache/uv" 2>/dev/null \
	&& [ -w "$$HOME/.cache/uv" ]; }; }; then export UV_CACHE_DIR="$(CURDIR)/$(TOOLS)/cache"; fi

CHECKS := check-style check-layers check-structure check-words check-types check-templates check-migrations check-deployment check-translations

.DEFAULT_GOAL := help
.PHONY: help install demo test test-long test-browser fuzz check $(CHECKS) bench bench-quick messages structure sbom audit samples record-report vendor stop clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

install: .venv/.installed ## install uv and every package as locked

demo: install ## run the whole portal with sample data until Ctrl+C (DEMO_EXIT=1: show the figures and end)
	@DEMO_ENDS_WITH_PARENT=1 exec $(RUN) -m alliance_portal.demo

test: install ## run the tests; properties with few examples, the same each time
	$(RUN) -m pytest -n 2 --dist worksteal --durations=15 -m "not browser and not long" $(ARGS)
	@echo "Left out: make test-long (kills, load, deep properties), make test-browser (needs Chromium)."

test-long: install ## run what takes long: killed workers, load, properties at random and in depth
	$(RUN) -m pytest -n 2 --dist worksteal --durations=15 -m "not browser and (long or hypothesis)" --hypothesis-profile=long $(ARGS)

test-browser: install ## run the tests that drive a browser (Chromium must be installed)
	$(RUN) -m pytest -n 2 --dist worksteal --durations=15 -m browser $(ARGS)

fuzz: install ## send the portal and the reader what breaks programs, at random and for long
	$(RUN) -m pytest -n 2 --hypothesis-profile=fuzz tests/test_fuzz.py tests/measures/importing/test_fuzz_reader.py $(ARGS)

check: install ## check style, layers, structure, names and words, types, templates, migrations, settings and translations
	@$(MAKE) --keep-going --no-print-directory $(CHECKS)
	@echo "All checks passed."

check-style: install
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

check-layers: install
	.venv/bin/lint-imports

check-structure: install
	$(RUN) -m alliance_portal.structure check

# Tests of the source text alone: they need no database, and what they find is better found before a commit.
check-words: install
	$(RUN) -m pytest -q tests/test_words.py tests/test_names.py

# mypy's plugin imports the settings; it does not connect.
check-types: export DATABASE_URL := postgres://nobody@localhost/none
check-types: export REDIS_URL := redis://localhost/0
check-types: install
	$(RUN) -m mypy $(PACKAGES) bench manage.py

check-templates: install
	$(RUN) -m djlint templates --check
	$(RUN) -m djlint templates --lint

check-migrations: install
	$(MANAGE) makemigrations --check --dry-run

check-deployment: export DJANGO_SETTINGS_MODULE := alliance_portal.settings.production
check-deployment: export SECRET_KEY := only-to-check-the-settings-0123456789-abcdefghijklmnopqrstuvwxyz
check-deployment: export MFA_ENCRYPTION_KEYS := b25seS10by1jaGVjay10aGUtc2V0dGluZ3Mtb2YtdGg=
check-deployment: export ALLOWED_HOSTS := portal.example.org
check-deployment: install
	$(MANAGE) check --deploy --fail-level WARNING

check-translations: install
	$(RUN) -m alliance_portal.translations check

bench: install ## measure imports, reading, recording, dashboards, reports and the demo's cold start; writes docs/benchmarks.md
	$(RUN) -m bench

bench-quick: install ## run every part of the benchmark with small sizes; writes nothing
	$(RUN) -m bench --quick

messages: install ## collect the texts to translate and compile the translations
	$(RUN) -m alliance_portal.translations update

structure: install ## bring the table of rooms in docs/contributing.md up to date
	$(RUN) -m alliance_portal.structure update

# Rendering needs the settings; it does not connect.
record-report: export DJANGO_SETTINGS_MODULE := alliance_portal.settings.test
record-report: export DATABASE_URL := postgres://nobody@localhost/none
record-report: export REDIS_URL := redis://localhost/0
record-report: install ## record how today's version of the report is rendered, for the tests
	$(RUN) -m tests.reporting.recorded_versions $(VERSIONS)

sbom: install ## write the software bill of materials of what an installation runs: sbom.cdx.json
	$(UV) export --locked --quiet --preview --no-default-groups --extra sentry --format cyclonedx1.5 --output-file sbom.cdx.json

audit: install ## ask osv.dev, or else PyPI, for known weaknesses of the locked packages (needs the internet)
	$(RUN) -m alliance_portal.installation.audit $(UV)

samples: install ## make the sample spreadsheets again
	$(RUN) -m samples.make

vendor: ## bring the scripts for browsers and the map to the versions locked in vendor/ (needs Node.js and npm)
	npm ci --ignore-scripts --prefix vendor
	node vendor/update.mjs

stop: ## stop a running demo and the embedded servers
	@if [ -x $(RUN) ]; then $(RUN) -m alliance_portal.demo stop; else echo "Nothing was running."; fi

clean: stop ## remove everything made here, the demo's data included
	@find .state -maxdepth 2 -type l 2>/dev/null | while read -r link; do rm -rf "$$(dirname "$$(readlink "$$link")")"; done
	rm -rf .venv $(TOOLS) .state .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis staticfiles
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The second try is for networks whose proxy signs with a certificate that only this machine knows.
.venv/.installed: pyproject.toml uv.lock $(UV)
	@$(PICK_CACHE); unset VIRTUAL_ENV; export UV_PYTHON_DOWNLOADS=never; \
	sync() { $(UV) sync --locked --quiet --python "$(PYTHON)" "$$@"; }; \
	sync || { echo "Trying again with the certificates of this machine." >&2; sync --system-certs; }
	@touch $@

# The machine's pip is there at once; a virtual environment of its own, with pip in it, takes seconds to make.
# Debian's Python has neither until python3-pip or python3-venv is installed.
$(UV):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found. Install it, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@mkdir -p $(TOOLS); fresh=$$(mktemp -d $(TOOLS)/new.XXXXXX); \
	if $(PYTHON) -c "import pip" 2>/dev/null; then pip="$(PYTHON) -m pip"; \
	elif $(PYTHON) -m venv $$fresh/venv >/dev/null 2>&1; then pip="$$fresh/venv/bin/python -m pip"; \
	else rm -rf $$fresh; echo "$(PYTHON) has neither venv nor pip. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; fi; \
	PIP_USER=0 PIP_ROOT_USER_ACTION=ignore $$pip install --quiet --disable-pip-version-check --retries 5 --target $$fresh/uv uv==$(UV_VERSION) \
	&& mv -f $$fresh/uv/bin/uv $(UV); \
	status=$$?; rm -rf $$fresh; exit $$status
