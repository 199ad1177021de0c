#!/usr/bin/env bash
# Chooses the one Rust compiler for the server and the browser, and writes the choice to target/make/toolchain.env.
#
# In this order: the compiler on the PATH, if it can build for wasm32; the same after `rustup target add`; Debian's, for
# which debian-rust.sh builds the missing standard library. One compiler for both, because two in one target folder
# rebuild everything at each switch.
. "$(dirname "$0")/step.sh"

minimum=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
target=wasm32-unknown-unknown
choice=$state/toolchain.env
debian_bin=$cache/debian-rust/bin

version() { rustc --version 2>/dev/null | cut -d ' ' -f 2; }

new_enough() { [[ -n $(version) ]] && command -v cargo >/dev/null && at_least "$(version)" "$minimum"; }

# Compiles and links a line of Rust for the given target; the only proof that library and linker are there and match.
can_build_for() {
  local folder status=0
  folder=$(mktemp -d)
  case $1 in
  host) rustc --crate-name probe -o "$folder/probe" - <<<'fn main() {}' ;;
  *) rustc --crate-name probe --crate-type cdylib --target "$1" -o "$folder/probe" - <<<'pub fn probe() {}' ;;
  esac >"$state/probe.log" 2>&1 || status=$?
  rm -rf "$folder"
  return $status
}

# What the choice depends on: another compiler or another demand, and it is made anew.
question() { echo "$(command -v rustc || echo none) $(version) for $minimum"; }

# write_choice [FOLDER]: puts the folder before all others.
write_choice() {
  local cargo_bin=${CARGO_HOME:-$HOME/.cargo}/bin path="${1:+$1:}\$PATH"
  # Where cargo's own folder is not on the PATH, cargo looks there first, and would find another compiler's clippy.
  case ":$PATH:" in
  *":$cargo_bin:"*) ;;
  *) path+=":$cargo_bin" ;;
  esac
  printf '# %s\nexport PATH="%s"\n' "$asked" "$path" >"$choice"
}

rustup_may_add() {
  [[ ${RUSTUP_AUTO_INSTALL:-1} != 0 ]] && command -v rustup >/dev/null &&
    [[ $(rustc --print sysroot) == "$(rustup show home)"/* ]]
}

# Debian's compiler under links of its own: nothing else in /usr/bin moves to the front of the PATH.
link_debian() {
  mkdir -p "$debian_bin"
  local tool
  for tool in cargo cargo-clippy cargo-fmt clippy-driver rustc rustdoc rustfmt; do
    ln -sfn "/usr/bin/$tool" "$debian_bin/$tool"
  done
}

use_debian() {
  link_debian
  PATH=$debian_bin:$PATH
  if ! new_enough || ! can_build_for "$target"; then
    if ! command -v apt-get >/dev/null; then
      stop "Rust $minimum or later with the target $target is needed. Run one of these, then try again:" \
        "rustup update stable && rustup target add $target" \
        "(rustup comes from https://rustup.rs)"
    elif ((EUID == 0)); then
      .make/debian-rust.sh "$minimum"
    elif sudo -n true 2>/dev/null; then
      sudo -n "$root/.make/debian-rust.sh" "$minimum"
    else
      stop "Rust $minimum or later with the target $target is needed. Run this, then try again:" \
        "sudo $root/.make/debian-rust.sh $minimum"
    fi
    hash -r
    can_build_for "$target" || { cat "$state/probe.log" >&2 && stop "Debian's compiler cannot build for $target."; }
  fi
  write_choice "$debian_bin"
}

choose() {
  if ! new_enough; then
    if [[ -n $(version) ]]; then say "rustc $(version) is older than $minimum"; fi
    say "trying Debian's compiler"
    use_debian
    return
  fi
  can_build_for host || install_linker
  if can_build_for "$target"; then
    write_choice
    return
  fi
  if rustup_may_add; then
    say "installing the target $target with rustup"
    if quietly rustup rustup target add "$target" && can_build_for "$target"; then
      write_choice
      return
    fi
  fi
  say "rustc $(version) has no target $target, and nothing may be added to it"
  say "trying Debian's compiler"
  use_debian
}

install_linker() {
  # shellcheck source-path=SCRIPTDIR source=debian-packages.sh
  . .make/debian-packages.sh
  install_packages gcc libc6-dev
}

find_compiler() {
  asked=$(question)
  if [[ -f $choice && $(head -n 1 "$choice") == "# $asked" ]]; then
    use_compiler
    if new_enough && can_build_for "$target"; then
      say "rustc $(version), for the server and the browser"
      return
    fi
  fi
  choose
  use_compiler
  say "rustc $(version), for the server and the browser"
}

step "Rust compiler" find_compiler
