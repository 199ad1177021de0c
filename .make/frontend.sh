#!/usr/bin/env bash
# Builds the browser's half into target/site. Usage: frontend.sh [wasm-release|wasm-dev]
#
# cargo compiles it to wasm32, wasm-split cuts the chunks off that are loaded later, wasm-bindgen writes the glue between
# the rest and JavaScript, wasm-opt makes all small, and site.mjs puts it together with styles and static files under
# hashed names, precompressed.
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

# What is called from one place only stays a function of its own: the file gets longer by it, but what is sent gets
# shorter by a tenth, as functions that are nearly alike stay so.
shrink() {
  quietly wasm-opt node "$tools/binaryen/bin/wasm-opt" -Oz --converge --one-caller-inline-max-function-size=0 \
    "${features[@]/#/--enable-}" "$1" -o "$work/small"
  mv "$work/small" "$1"
}

split_bind_and_shrink() {
  local wasm key file
  wasm=$(target_dir)/wasm32-unknown-unknown/$profile/frontend.wasm
  key=$(sha256sum "$wasm" "$state/wasm-split" "$state/wasm-bindgen" "$tools/binaryen/package.json" \
    .make/frontend.sh)
  if [[ -f $work/bound && $(<"$work/bound") == "$key" ]]; then
    say "unchanged"
    return
  fi
  rm -rf "$work/bound" "$work/split" "$work/pkg"
  quietly wasm-split "$state/wasm-split" "$wasm" "$work/split" --target web --out-name guildhall
  # What the chunks need of the main part must keep its name.
  "$state/wasm-bindgen" "$work/split/guildhall.wasm" --target web --no-typescript --remove-producers-section \
    --keep-lld-exports --no-demangle --out-name guildhall --out-dir "$work/pkg"
  rm "$work/split/guildhall.wasm"
  mv "$work/split"/* "$work/pkg"
  if [[ $profile == wasm-release ]]; then
    for file in "$work/pkg"/*.wasm; do shrink "$file"; done
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
step "Front end: split, bind and shrink" split_bind_and_shrink
step "Front end: assemble target/site" assemble
