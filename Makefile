# Two commands do all: `make run` and `make test`. Each installs what it misses first, and says so.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# The steps of one goal follow each other (the browser tests need the page); cargo uses every core by itself.
.NOTPARALLEL:

LISTEN ?= 127.0.0.1:8080
# Of each fuzz target, and which: all when none is named.
FUZZ_SECONDS ?= 60
FUZZ_TARGETS ?=
TARGET := $(or $(CARGO_TARGET_DIR),target)
# Recipes that run our programs find them in $POSTERN_BIN.
ENV := source .ci/env.sh;
SETUP := .ci/setup.sh

# What the page is made from: unchanged, it is not made again.
PAGE := app/dist/index.html.gz
PAGE_SOURCES := .ci/page.sh Cargo.toml Cargo.lock Trunk.toml package-lock.json $(shell find app shared style -path app/dist -prune -o -type f -print)

.PHONY: help
help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: build ## set up, build for release, serve page and probe at http://127.0.0.1:8080
	@echo; echo "Postern: http://$(LISTEN)   (Ctrl-C stops it)"; echo
	$(ENV) exec $(TARGET)/release/probe-server serve --listen $(LISTEN)

.PHONY: build
build: setup-page $(PAGE) ## build page and binaries for release; print what a first visit loads
	$(ENV) cargo build --release --locked -p probe-server --features embed
	.ci/first-load.sh app/dist

.PHONY: test
test: setup-all ## set up, then run everything: lint, unit, lab, browser
	$(MAKE) lint
	$(MAKE) $(PAGE)
	.ci/first-load.sh app/dist
# One workspace-wide feature set for building and testing: another selection would compile the dependencies again.
	$(ENV) cargo build --workspace --locked --features probe-server/embed
	$(ENV) POSTERN_BIN=$(abspath $(TARGET))/debug \
	    tests/lab/lab.sh run cargo test --workspace --locked --features probe-server/embed --no-fail-fast

.PHONY: lint
lint: setup-page ## check format and lints, native and WASM
	$(ENV) cargo fmt --all --check
	$(ENV) cargo clippy --workspace --all-targets --locked -- -D warnings
	$(ENV) cargo clippy -p postern-app --target wasm32-unknown-unknown --locked -- -D warnings

.PHONY: demo
demo: setup-lab build ## start lab, probe and page together, without any network
	$(ENV) LISTEN=$(LISTEN) tests/lab/demo.sh $(TARGET)/release/probe-server

.PHONY: bench
bench: setup-all build ## measure what SPF costs, what long inputs cost and, on the lab, how long a person waits and what TLS costs beside others
	$(ENV) cargo bench --locked -p postern-tests --bench spf --bench growth
	$(ENV) POSTERN_BIN=$(abspath $(TARGET))/release tests/lab/lab.sh run cargo bench --locked -p postern-tests --bench waiting --bench transport

.PHONY: fuzz
fuzz: setup-fuzz ## run every fuzz target for FUZZ_SECONDS (60), or only FUZZ_TARGETS
	.ci/fuzz.sh $(FUZZ_SECONDS) $(FUZZ_TARGETS)

.PHONY: weigh
weigh: build ## say what each crate costs in the page's WASM, before it is split
	$(ENV) wasm-bindgen --target web --keep-debug --no-typescript --out-dir $(TARGET)/weigh \
	    $(TARGET)/wasm32-unknown-unknown/wasm-release/postern-app.wasm
	$(ENV) wasm-opt --all-features -Oz -g --low-memory-unused --reorder-functions-by-name \
	    $(TARGET)/weigh/postern-app_bg.wasm -o $(TARGET)/weigh/named.wasm
	node .ci/weigh.mjs $(TARGET)/weigh/named.wasm

.PHONY: clean
clean: ## remove what was built (installed tools stay)
	rm -rf app/dist node_modules tests/artefacts tests/fuzz/target tests/fuzz/corpus tests/fuzz/artifacts
	cargo clean

$(PAGE): $(PAGE_SOURCES)
	.ci/page.sh
	touch $@

.PHONY: setup-page setup-lab setup-all setup-fuzz
setup-page:
	@$(SETUP) wasm
setup-lab:
	@$(SETUP) lab
setup-all:
	@$(SETUP) all
setup-fuzz:
	@$(SETUP) fuzz
