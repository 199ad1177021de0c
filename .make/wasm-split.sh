#!/usr/bin/env bash
# Installs the command that cuts the browser's WASM into chunks: the counterpart of the crate wasm_split_helpers.
. "$(dirname "$0")/step.sh"
use_compiler

version=0.2.4
folder=$cache/wasm-split-$version
command_file=$state/wasm-split # a link to the one that was installed

# Built for a short wait, not for speed: it runs for two seconds. The folder it is compiled in goes away again.
install_command() {
  say "installing wasm_split_cli_support $version with cargo (a minute or two)"
  mkdir -p "$folder"
  (
    cd "$folder" # away from the checkout, whose cargo configuration is not for this
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET
    export CARGO_TARGET_DIR=$folder/build
    export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
    export CARGO_PROFILE_RELEASE_DEBUG=false CARGO_PROFILE_RELEASE_STRIP=true
    quietly wasm-split \
      cargo install wasm_split_cli_support --locked --version "=$version" --features build-binary \
      --root "$folder" --no-track --force
  )
  rm -rf "$folder/build"
}

find_command() {
  # It does not tell its version; its folder does.
  local found=$folder/bin/wasm-split-cli
  [[ -x $found ]] || install_command
  ln -sfn "$found" "$command_file"
  say "$found"
}

step "wasm-split $version" find_command
