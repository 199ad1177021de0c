#!/usr/bin/env bash
# Sourced by the scripts beside it: where things are, and how a step tells what it does and how long it took.
# shellcheck disable=SC2034 # Read by the scripts that source this one.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
state=$root/target/make                         # what this checkout has decided and done
cache=${XDG_CACHE_HOME:-$HOME/.cache}/guildhall # tools that outlive a checkout
tools=$root/end2end/node_modules                # npm packages
mkdir -p "$state"
unset CARGO_BUILD_TARGET # meant for other projects; it would move what is built

title=
began=0

# Microseconds since 1970.
now() { printf '%s' "${EPOCHREALTIME/[.,]/}"; }

# The time since the step began, as "0.4 s" or "3 m 07 s".
elapsed() {
  local tenths=$((($(now) - began) / 100000))
  if ((tenths < 600)); then
    printf '%d.%d s' $((tenths / 10)) $((tenths % 10))
  else
    printf '%d m %02d s' $((tenths / 600)) $((tenths / 10 % 60))
  fi
}

# step TITLE COMMAND…: runs a command, and tells how long it took.
step() {
  title=$1
  began=$(now)
  shift
  printf '==> %s\n' "$title"
  "$@"
  printf '    %s\n' "$(elapsed)"
  title=
}

# say TEXT: a line about the step under way.
say() { printf '    %s\n' "$1"; }

# stop TEXT…: ends everything with what is wrong and what to do about it, a line each.
stop() {
  printf 'error: %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '       %s\n' "$@" >&2
  exit 1
}

# quietly LOG COMMAND…: keeps a command's output in target/make/LOG.log, and shows it only if the command fails.
quietly() {
  local log=$state/$1.log
  shift
  "$@" >"$log" 2>&1 || {
    local status=$?
    cat "$log" >&2
    return $status
  }
}

# at_least HAVE NEED: compares dotted versions.
at_least() { [[ $(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]; }

# use_compiler: takes the Rust compiler that toolchain.sh has chosen.
use_compiler() {
  # shellcheck source=/dev/null
  . "$state/toolchain.env"
}

# target_dir: the folder that cargo builds in, wherever the environment and the configuration put it.
target_dir() {
  cargo metadata --no-deps --offline --format-version 1 |
    node -e 'process.stdout.write(JSON.parse(require("fs").readFileSync(0)).target_directory)'
}

told_of_failure() {
  local status=$?
  if ((status != 0)) && [[ -n $title ]]; then
    printf '==> %s: failed after %s\n' "$title" "$(elapsed)" >&2
  fi
}
trap told_of_failure EXIT
