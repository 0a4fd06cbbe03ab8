# Everything a person does with the project, by name. `make run` and `make test` need nothing but git, make and Debian's Python.

PYTHON ?= $(shell ./tools/setup python)
VENV := .venv
BIN := $(VENV)/bin
OUT ?=
.DEFAULT_GOAL := help

.PHONY: help run test tour pictures bench sim check lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/run.stamp: requirements/run.lock pyproject.toml tools/setup
	./tools/setup system run
	./tools/setup environment run

$(VENV)/dev.stamp: requirements/dev.lock pyproject.toml tools/setup
	./tools/setup system test
	./tools/setup environment dev

run: $(VENV)/run.stamp ## open the till with a demo shop (without a display: play the story offscreen)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(BIN)/epeken-pos demo; \
	else echo "No display: playing the story offscreen (make tour)."; $(BIN)/epeken-pos tour --out "$(or $(OUT),out/tour)"; fi

tour: $(VENV)/run.stamp ## play the story offscreen; OUT=dir for pictures, paper and summary.json (out/tour)
	$(BIN)/epeken-pos tour --out "$(or $(OUT),out/tour)"

pictures: $(VENV)/run.stamp ## draw every screen, light and dark, both languages, two sizes; OUT=dir (out/pictures)
	$(BIN)/epeken-pos pictures --out "$(or $(OUT),out/pictures)"

test: $(VENV)/dev.stamp ## lint, types, import contracts and every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry pos central
	./tools/test

check: $(VENV)/dev.stamp ## only lint, types and contracts
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports && $(BIN)/deptry pos central

bench: $(VENV)/dev.stamp ## the table of limits, as ratios; writes out/bench.json
	$(BIN)/python -m benchmarks --out "$(or $(OUT),out)"

SEEDS ?= 200
START ?= 0
FAULTS ?= end
sim: $(VENV)/dev.stamp ## play shops, tills, buyers and their faults; SEEDS=n, START=first, FAULTS=end|endless
	$(BIN)/python -m tests.simulation --seeds $(SEEDS) --start $(START) --faults $(FAULTS)

lock: ## make the lock files anew (needs uv)
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --no-emit-index-url --extra central --group build pyproject.toml -o requirements/run.lock
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --no-emit-index-url --extra central --group dev pyproject.toml -o requirements/dev.lock
	uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --no-emit-index-url --constraint requirements/run.lock --group pack pyproject.toml -o requirements/pack.lock

deb: ## the Debian package for shops; OUT=dir (dist); KEYS=file of the city's public keys
	installer/make-tree
	installer/check-tree build/tree/epeken-pos
	OUT="$(or $(OUT),dist)" installer/debian/make-deb

run-installer: ## the installer for a user without root (needs makeself); OUT=dir (dist)
	installer/make-tree
	OUT="$(or $(OUT),dist)" installer/run/make-run

windows-tree: ## the till for Windows as a folder, no setup yet; RUNTIME=python.org's embeddable zip, RUNTIME_SHA256=its sum; or STAND_IN=1 for trying (uv, unzip)
	STAND_IN="$(STAND_IN)" RUNTIME="$(RUNTIME)" RUNTIME_SHA256="$(RUNTIME_SHA256)" installer/windows/make-tree

release: $(VENV)/dev.stamp ## sign what was built: manifest, checksums, SBOM; OUT=dir with the packages (dist); KEY=private key (KEY2= while keys change)
	$(BIN)/python installer/release/make_release.py "$(or $(OUT),dist)" --key "$(KEY)" $(if $(KEY2),--key "$(KEY2)") $(RELEASE)

compare-builds: ## build this commit twice in clean clones and compare, file by file; A=package B=package compares those two
	$(if $(A),$(or $(wildcard $(BIN)/python),python3) installer/release/compare_builds.py "$(A)" "$(B)",installer/release/build-twice)

test-installers: ## install `make deb`'s package in bare Debian 12 and 13 roots, play a first sale (root, debootstrap); NEW=newer .deb RUN=.run: and all that goes wrong; OUT=dir
	installer/tests/debian bookworm dist/epeken-pos_*.deb "$(or $(OUT),out/installers)"
	installer/tests/debian trixie dist/epeken-pos_*.deb "$(or $(OUT),out/installers)"
	$(if $(NEW),$(BIN)/python installer/tests/hardships.py "$(or $(OUT),out/installers)/bookworm" dist/epeken-pos_*.deb "$(NEW)" "$(RUN)")

test-update: $(VENV)/dev.stamp ## bring an installed till up to date by two real packages, ten power cuts; OLD=.run NEW=.run (LEVEL=1 packs quickly); OUT=dir
	$(BIN)/python installer/tests/update.py "$(OLD)" "$(NEW)" "$(or $(OUT),out/update)"

clean: ## remove the environment and everything that was made
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
