#!/usr/bin/env bash
# Measures the release binary. What is measured, and against what, is told by server/examples/bench.
. "$(dirname "$0")/step.sh"
use_compiler

measure() {
  # The same front end as in build.sh, or cargo would compile the server anew for each of the two.
  GUILDHALL_SITE=$root/target/site cargo build --release --package server --example bench
  "$(target_dir)/release/examples/bench" "$root/target/release/guildhall"
}

step "Measurements" measure
