#!/usr/bin/env bash
# Finds or installs the command wasm-bindgen in the version of Cargo.lock: command and library must be equal.
. "$(dirname "$0")/step.sh"
use_compiler

version=$(grep -A 1 '^name = "wasm-bindgen"$' Cargo.lock | sed -n 's/^version = "\(.*\)"$/\1/p')
folder=$cache/wasm-bindgen-$version
command_file=$state/wasm-bindgen # a link to the one that was chosen

fits() { [[ $("$1" --version 2>/dev/null) == "wasm-bindgen $version" ]]; }

# Built for a short wait, not for speed: it runs for two seconds. The folder it is compiled in goes away again.
install_command() {
  say "installing wasm-bindgen-cli $version with cargo (some minutes)"
  mkdir -p "$folder"
  (
    cd "$folder" # away from the checkout, whose cargo configuration is not for this
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET
    export CARGO_TARGET_DIR=$folder/build
    export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
    export CARGO_PROFILE_RELEASE_DEBUG=false CARGO_PROFILE_RELEASE_STRIP=true
    quietly wasm-bindgen \
      cargo install wasm-bindgen-cli --version "=$version" --bin wasm-bindgen --root "$folder" --no-track --force
  )
  rm -rf "$folder/build"
}

find_command() {
  local found
  found=$(command -v wasm-bindgen || true)
  if [[ -z $found ]] || ! fits "$found"; then
    found=$folder/bin/wasm-bindgen
    fits "$found" || install_command
  fi
  ln -sfn "$found" "$command_file"
  say "$found"
}

step "wasm-bindgen $version" find_command
