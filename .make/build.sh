#!/usr/bin/env bash
# Builds the release binary with the front end inside, and leaves it at target/release/guildhall.
. "$(dirname "$0")/step.sh"
use_compiler

compile() {
  local built folder=target/release
  GUILDHALL_SITE=$root/target/site cargo build --release --package server --bin guildhall
  built=$(target_dir)/release/guildhall
  mkdir -p "$folder"
  if ! [[ $built -ef $folder/guildhall ]] && ! cmp -s "$built" "$folder/guildhall"; then
    # Under another name first: the old one may be running.
    cp "$built" "$folder/guildhall.new"
    mv -f "$folder/guildhall.new" "$folder/guildhall"
  fi
  say "target/release/guildhall"
}

step "Server: compile (release)" compile
