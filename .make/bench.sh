#!/usr/bin/env bash
# Measures the release binary. What is measured, and against what, is told by server/examples/bench and
# end2end/lighthouse.
. "$(dirname "$0")/step.sh"
use_compiler

# Whatever is above its limit, all is told.
failed=0

measure() {
  # The same front end as in build.sh, or cargo would compile the server anew for each of the two.
  GUILDHALL_SITE=$root/target/site cargo build --release --package server --example bench &&
    "$(target_dir)/release/examples/bench" "$root/target/release/guildhall" || failed=1
}

# What a phone sees of the pages, as Lighthouse judges it.
judge() {
  (
    cd end2end
    E2E_SERVER=$root/target/release/guildhall E2E_CHROMIUM=/usr/bin/chromium \
      node_modules/.bin/playwright test --config lighthouse/lighthouse.config.ts
  ) || failed=1
}

step "Measurements" measure
step "Lighthouse" judge
exit $failed
