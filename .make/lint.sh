#!/usr/bin/env bash
# Format, lints for both targets, dependencies, scripts, types of the end-to-end tests. Changes nothing.
. "$(dirname "$0")/step.sh"
use_compiler

# clippy and rustfmt belong to the compiler, and are not always installed with it.
find_linters() {
  if cargo clippy --version >/dev/null 2>&1 && cargo fmt --version >/dev/null 2>&1; then
    say "in place"
  elif [[ $(realpath "$(command -v rustc)") == /usr/bin/rustc ]]; then
    # shellcheck source-path=SCRIPTDIR source=debian-packages.sh
    . .make/debian-packages.sh
    install_packages rust-web-clippy rustfmt-web
  else
    say "installing clippy and rustfmt with rustup"
    quietly rustup rustup component add clippy rustfmt
  fi
}

format() { cargo fmt --all --check; }

clippy_for_the_server() { cargo clippy --workspace --exclude frontend --all-targets -- -D warnings; }

clippy_for_the_browser() { cargo clippy --package frontend --target wasm32-unknown-unknown -- -D warnings; }

dependencies() {
  if cargo deny --version >/dev/null 2>&1; then
    cargo deny check
  else
    say "left out: cargo-deny is not installed"
  fi
}

scripts() {
  local script
  for script in .make/*.sh .ci/run; do bash -n "$script"; done
  if command -v shellcheck >/dev/null; then
    shellcheck --external-sources --source-path=SCRIPTDIR .make/*.sh .ci/run
  else
    say "syntax only: shellcheck is not installed"
  fi
}

types() { "$tools/.bin/tsc" --noEmit --project end2end; }

step "clippy and rustfmt" find_linters
step "Lint: format" format
step "Lint: scripts" scripts
step "Lint: types of end2end" types
step "Lint: clippy for the server" clippy_for_the_server
step "Lint: clippy for the browser" clippy_for_the_browser
step "Lint: dependencies" dependencies
