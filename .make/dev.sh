#!/usr/bin/env bash
# Builds for working on it, serves it, and does both again after each change.
. "$(dirname "$0")/step.sh"
use_compiler
exec node .make/dev.mjs "$(target_dir)/debug/guildhall"
