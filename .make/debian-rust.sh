#!/usr/bin/env bash
# Installs Debian's newest Rust compiler and builds its standard library for the browser. Run as root; needs and
# changes nothing in the checkout. Usage: debian-rust.sh MINIMUM-VERSION
#
# Debian packages the compiler that its browsers are built with (rustc-web), and its sources, but not the standard
# library for wasm32-unknown-unknown. Building that is what -Zbuild-std is for; RUSTC_BOOTSTRAP=1 opens it on a stable
# compiler, here and nowhere else. Once the library lies in the compiler's own folder, plain cargo finds it.
set -euo pipefail

minimum=$1
target=wasm32-unknown-unknown
library=/usr/lib/rustlib/$target
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  cat "$work/log" >&2
  printf 'error: %s\n' "$1" >&2
  exit 1
}

offered() { apt-cache policy rustc-web | sed -n 's/^ *Candidate: \([0-9.]*\).*/\1/p'; }

install_compiler() {
  apt-get update -q -o DPkg::Lock::Timeout=300 >"$work/log" 2>&1 || true
  if [[ $(printf '%s\n%s\n' "$minimum" "$(offered)" | sort -V | head -n 1) != "$minimum" ]]; then
    fail "Debian offers rustc ${offered:-none}, but $minimum is needed. Run: rustup update stable"
  fi
  # rust-web-llvm links rust-lld to the lld of the LLVM it depends on, which is a package apart.
  local llvm
  llvm=$(apt-cache depends rust-web-llvm | sed -n 's/^ *Depends: llvm-\([0-9]*\)$/\1/p')
  set -- rustc-web cargo-web rust-web-src rust-web-llvm "lld-$llvm" rust-web-clippy rustfmt-web gcc libc6-dev
  echo "    installing the Debian packages $*"
  DEBIAN_FRONTEND=noninteractive apt-get install -q --yes --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "$@" >"$work/log" 2>&1 || fail "the Debian packages could not be installed."
}

build_library() {
  echo "    building the standard library for $target (about a minute)"
  mkdir -p "$work/scratch/src"
  printf '[package]\nname = "scratch"\nedition = "2024"\n[lib]\ncrate-type = ["cdylib"]\n[workspace]\n' \
    >"$work/scratch/Cargo.toml"
  : >"$work/scratch/src/lib.rs"
  (
    cd "$work/scratch"
    unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET RUSTUP_TOOLCHAIN
    CARGO_TARGET_DIR=$work/built RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
      /usr/bin/cargo build --release --target $target -Zbuild-std=std,panic_abort
  ) >"$work/log" 2>&1 || fail "the standard library could not be built."
}

# The whole folder at once: libraries of an older compiler beside the new ones would be ambiguous.
install_library() {
  rm -rf "$library"
  install -d "$library/lib"
  install -m 644 "$work/built/$target/release/deps/"*.rlib "$library/lib/"
}

install_compiler
build_library
install_library
