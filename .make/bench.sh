#!/usr/bin/env bash
# Measures the release binary. What is measured, and against what, is told by server/examples/bench.
. "$(dirname "$0")/step.sh"
use_compiler

measure() { cargo run --release --package server --example bench -- "$root/target/release/guildhall"; }

step "Measurements" measure
