# Everything a newcomer needs: `make serve` and `make test`. The steps are scripts in .make; each says what it does and
# how long it took, does nothing that is done already, and may be run by itself. Their order stands here.

SHELL := /bin/bash
.NOTPARALLEL:
.DEFAULT_GOAL := help

.PHONY: help
help: ## Show these lines.
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

.PHONY: serve
serve: build ## Build a release and serve it on http://127.0.0.1:3000.
	@exec target/release/guildhall serve

.PHONY: build
build: frontend ## Build the release binary, target/release/guildhall.
	@.make/build.sh

.PHONY: test
test: node toolchain wasm-split wasm-bindgen test-tools ## Run all tests.
	@.make/test.sh

.PHONY: test-long
test-long: export GUILDHALL_TEST_LONG = 1
test-long: test ## Run all tests, with the full numbers of races, kills and fuzzing.

.PHONY: lint
lint: node toolchain ## Check format, lints for both targets, scripts, and dependencies.
	@.make/lint.sh

.PHONY: bench
bench: build test-tools ## Measure the release binary.
	@.make/bench.sh

.PHONY: dev
dev: node toolchain wasm-split wasm-bindgen ## Serve while working on it: rebuild on change.
	@.make/dev.sh

# The steps that others begin with.
.PHONY: frontend node toolchain wasm-split wasm-bindgen test-tools
frontend: node toolchain wasm-split wasm-bindgen
	@.make/frontend.sh
node toolchain wasm-split wasm-bindgen test-tools:
	@.make/$@.sh
