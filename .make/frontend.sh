#!/usr/bin/env bash
# Builds the browser's half into target/site. Usage: frontend.sh [wasm-release|wasm-dev]
#
# cargo compiles it to wasm32, wasm-bindgen writes the glue between it and JavaScript, wasm-opt makes it small, and
# site.mjs puts it together with styles and static files under hashed names, precompressed.
. "$(dirname "$0")/step.sh"
use_compiler

profile=${1:-wasm-release}
# What rustc's WASM uses, and every browser of the last years has. `--all-features` would let wasm-opt write what none has.
features=(bulk-memory bulk-memory-opt multivalue mutable-globals nontrapping-float-to-int reference-types sign-ext)
work=$state/$profile # what lies between the steps; each step is left out while its input is the same
mkdir -p "$work"

compile() {
  cargo build --package frontend --lib --target wasm32-unknown-unknown --profile "$profile"
}

bind_and_shrink() {
  local wasm key
  wasm=$(target_dir)/wasm32-unknown-unknown/$profile/frontend.wasm
  key=$(sha256sum "$wasm" "$state/wasm-bindgen" "$tools/binaryen/package.json" .make/frontend.sh)
  if [[ -f $work/bound && $(<"$work/bound") == "$key" ]]; then
    say "unchanged"
    return
  fi
  rm -rf "$work/bound" "$work/pkg"
  "$state/wasm-bindgen" "$wasm" --target web --no-typescript --remove-producers-section \
    --out-name guildhall --out-dir "$work/pkg"
  if [[ $profile == wasm-release ]]; then
    node "$tools/binaryen/bin/wasm-opt" -Oz --converge "${features[@]/#/--enable-}" \
      "$work/pkg/guildhall_bg.wasm" -o "$work/small.wasm"
    mv "$work/small.wasm" "$work/pkg/guildhall_bg.wasm"
  fi
  echo "$key" >"$work/bound"
}

assemble() {
  local key
  key=$(find "$work/pkg" style public .make/site.mjs "$tools/esbuild/package.json" -type f -print0 |
    sort -z | xargs -0 sha256sum)
  if [[ -f target/site/manifest.json && -f $state/site && $(<"$state/site") == "$key" ]]; then
    say "unchanged"
    return
  fi
  rm -f "$state/site"
  node .make/site.mjs "$work/pkg" "$profile"
  echo "$key" >"$state/site"
}

step "Front end: compile ($profile)" compile
step "Front end: bind and shrink" bind_and_shrink
step "Front end: assemble target/site" assemble
