# The two commands: `make run` and `make test`. Both set up what they need first.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python
STAMP := $(VENV)/.ready
READERS := .venv-readers
READERS_PY := $(subst $(VENV)/,$(READERS)/,$(PY))

# library file -> Debian package that carries it
QT_LIBS := libEGL.so.1=libegl1 libGL.so.1=libgl1 libxkbcommon.so.0=libxkbcommon0 libfontconfig.so.1=libfontconfig1 \
	libdbus-1.so.3=libdbus-1-3 libxcb-cursor.so.0=libxcb-cursor0 libxcb-icccm.so.4=libxcb-icccm4 \
	libxcb-keysyms.so.1=libxcb-keysyms1 libxkbcommon-x11.so.0=libxkbcommon-x11-0

.PHONY: setup system run test test-readers lint format bench lock clean

setup: $(STAMP) system

$(STAMP): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) (first time: a few minutes) ..."
	@$(PY) -m pip install -qq --require-hashes -r requirements.txt
	@$(PY) -m pip install -qq --no-deps --no-build-isolation -e .
	@$(PY) -m compileall -q annotator
	@touch $@

# On Debian as root, install what Qt loads and the machine lacks; elsewhere say what is missing.
system:
	@if command -v ldconfig >/dev/null 2>&1 || test -x /sbin/ldconfig; then \
	  have=$$(PATH="$$PATH:/sbin" ldconfig -p); missing=; \
	  for pair in $(QT_LIBS); do \
	    case "$$have" in *"$${pair%%=*}"*) ;; *) missing="$$missing $${pair#*=}";; esac; \
	  done; \
	  if [ -n "$$missing" ]; then \
	    if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	      echo "Installing system libraries:$$missing"; \
	      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	    else echo "Qt may need these Debian packages:$$missing"; fi; \
	  fi; \
	fi

run: setup
	@$(PY) -m annotator open --starter

test: setup
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q

# Every export format read by the program it is for; these are large, so they have a venv of their own.
test-readers: $(READERS)/.ready system
	@QT_QPA_PLATFORM=offscreen $(READERS_PY) -m pytest -q tests/readers

$(READERS)/.ready: requirements-readers.txt pyproject.toml
	@test -x $(READERS_PY) || $(PYTHON) -m venv $(READERS)
	@echo "Setting up $(READERS) (first time: some minutes, 1.5 GB) ..."
	@$(READERS_PY) -m pip install -qq --require-hashes -r requirements-readers.txt
	@$(READERS_PY) -m pip install -qq --no-deps --no-build-isolation -e .
	@touch $@

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: setup
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.bench

# Needs `uv`; exact versions and hashes, no addresses. The readers keep to the versions of the program.
LOCK := uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links -q
lock:
	@$(LOCK) -o requirements.txt
	@$(LOCK) --group readers -c requirements.txt -o requirements-readers.txt

clean:
	@rm -rf $(VENV) $(READERS) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
