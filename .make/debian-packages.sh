#!/usr/bin/env bash
# Sourced after step.sh: how system packages are installed.

# as_root COMMAND…: runs a command as root without a question; fails where that is not allowed.
as_root() {
  if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

# install_packages PACKAGE…: installs Debian packages; where that is not allowed, stops and names the command.
install_packages() {
  if ! command -v apt-get >/dev/null; then
    stop "there is no apt-get here. Install what these Debian packages hold, then try again:" "$*"
  elif ! as_root true 2>/dev/null; then
    stop "installing system packages needs root. Run this, then try again:" \
      "sudo sh -c 'apt-get update && apt-get install --yes --no-install-recommends $*'"
  fi
  say "installing the Debian packages $*"
  # A list that cannot be read is not always one that is needed; the installation itself will tell.
  quietly apt-update as_root apt-get update -q -o DPkg::Lock::Timeout=300 || true
  quietly apt-install as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q --yes --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}
