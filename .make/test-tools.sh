#!/usr/bin/env bash
# Installs what only the tests need: a browser, PostgreSQL, the runtime of a real NuGet client, and real packages.
. "$(dirname "$0")/step.sh"
# shellcheck source-path=SCRIPTDIR source=debian-packages.sh
. .make/debian-packages.sh

# need PATTERN PACKAGE: notes the package unless a file matches the pattern.
need() { compgen -G "$1" >/dev/null || missing+=("$2"); }

find_test_tools() {
  missing=()
  need '/usr/bin/chromium' chromium
  need '/usr/lib/postgresql/*/bin/initdb' postgresql
  need '/usr/bin/mono' mono-runtime
  need '/usr/bin/sn' mono-devel
  need '/usr/share/nupkg/Newtonsoft.Json.6.0.8.nupkg' nupkg-newtonsoft.json.6.0.8
  need '/usr/share/nupkg/NUnit.2.6.4.nupkg' nupkg-nunit.2.6.4
  if ((${#missing[@]} > 0)); then
    install_packages "${missing[@]}"
  else
    say "Chromium, PostgreSQL, mono and the sample packages are in place"
  fi
}

step "Tools for the tests" find_test_tools
