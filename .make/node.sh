#!/usr/bin/env bash
# Checks Node.js, and installs the npm packages of end2end: what the tests use, and what the build does (binaryen,
# esbuild). No browser is downloaded, and no package's own script is run.
. "$(dirname "$0")/step.sh"

minimum=20
stamp=$tools/.guildhall-stamp

check_node() {
  local have wanted
  have=$(node --version 2>/dev/null || true)
  wanted="Node.js $minimum or later with npm is needed"
  if [[ -n $have ]] && ! at_least "${have#v}" "$minimum"; then
    stop "$wanted; $(command -v node) is ${have#v} (as Debian 12's own package is)." \
      "Install a newer one from https://nodejs.org/en/download, then try again."
  elif [[ -z $have ]] || ! command -v npm >/dev/null; then
    stop "$wanted, and is not here." \
      "Install it from https://nodejs.org/en/download (Debian 12's own, Node.js 18, is too old), then try again."
  fi
}

install_npm_packages() {
  check_node
  local key
  key="$(sha256sum <end2end/package-lock.json) node $(node --version)"
  if [[ -f $stamp && $(<"$stamp") == "$key" ]]; then
    say "in place"
    return
  fi
  say "installing the packages of end2end/package-lock.json"
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 quietly npm \
    npm ci --prefix end2end --ignore-scripts --no-audit --no-fund --no-update-notifier
  echo "$key" >"$stamp"
}

step "npm packages" install_npm_packages
