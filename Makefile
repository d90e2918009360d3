# Intake Desk: everything starts here. `make` alone lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.SILENT:
.PHONY: help run test soak audit test-print tour screenshots bench setup lock clean

# No screen is needed, and the same letters everywhere.
offscreen := QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8

help: ## list these commands
	sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

run: setup ## open the program (without a display: do the tour instead)
	if [ "$$(uname -s)" = Linux ] && [ -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	    echo "There is no display here, so the tour is done instead of opening a window."; \
	    $(MAKE) --no-print-directory tour; \
	else \
	    exec .venv/bin/python -m intake_app; \
	fi

test: setup ## check style, types and layers, then run the tests
	echo "ruff" && .venv/bin/ruff check --quiet . && .venv/bin/ruff format --check .
	echo "mypy" && .venv/bin/mypy
	echo "import-linter" && .venv/bin/lint-imports --no-cache --no-logo
	echo "pytest" && $(offscreen) .venv/bin/python -m pytest -n 2

soak: setup ## the long tests of safety: kills, faults, flipped bytes, fuzzing, a busy week (hours)
	INTAKE_DESK_SOAK=1 $(offscreen) .venv/bin/python -m pytest -p no:cacheprovider -v \
	    $$(grep -rl "^from tests.soak import" tests | sort)

audit: setup ## look the pinned dependencies up among published advisories (needs a network)
	packaging/audit.sh $(ARGS)

test-print: setup ## print a letter and an envelope through a CUPS of its own
	INTAKE_TEST_PRINT=1 $(offscreen) .venv/bin/python -m pytest -p no:cacheprovider tests/printing

tour: setup ## do the main job offscreen, results in out/tour
	$(offscreen) .venv/bin/intake-desk tour out/tour
	echo "The results of the tour are in out/tour."

screenshots: setup ## draw every screen, pictures in out/screenshots
	$(offscreen) .venv/bin/python -m tests.ui.screenshots out/screenshots
	$(offscreen) .venv/bin/python -m tests.ui.screenshot_pages out/screenshots

bench: setup ## measure speed and memory
	$(offscreen) .venv/bin/python -m tests.bench

setup: ## make .venv ready (every command here does this first)
	packaging/setup.sh

lock: ## write packaging/requirements.lock anew from pyproject.toml
	packaging/relock.sh $(ARGS)

clean: ## remove .venv, out and the tools' caches
	rm -rf .venv out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find intake_app tests db -name __pycache__ -type d -prune -exec rm -rf {} +
