#!/usr/bin/env bash
# Runs all tests, and ends with their number. Everything they need is there already: see the target `test` in Makefile.
#
# What the tests are told by the environment:
#   GUILDHALL_PG_BIN      folder of PostgreSQL's programs, for clusters of the tests' own
#   GUILDHALL_TEST_LONG   1: the full numbers of races, kills and fuzzing (make test-long)
#   E2E_SERVER            Playwright: the server under test
#   E2E_CHROMIUM          Playwright: the browser
#   LEPTOS_SITE_ROOT      Playwright: the front end that the server takes
. "$(dirname "$0")/step.sh"
use_compiler

passed=0
failed=0
skipped=0
log=$state/tests.log

# count PASSED FAILED SKIPPED: adds to the sum.
count() {
  passed=$((passed + $1))
  failed=$((failed + $2))
  skipped=$((skipped + $3))
}

# Parts run to their end even after a failure, so that one run tells all; a part that counted nothing ends the run.
must_have_counted() {
  (($1 + $2 > 0)) || stop "no test was run."
}

build_tests() {
  local tally
  node --test --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$log" .make/ || true
  tally=$(awk '/^# pass /{p=$3} /^# fail /{f=$3} /^# skipped /{s=$3} END{print p+0, f+0, s+0}' "$log")
  # shellcheck disable=SC2086 # three numbers
  must_have_counted $tally && count $tally
}

rust_tests() {
  local tally
  GUILDHALL_PG_BIN=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1)")
  export GUILDHALL_PG_BIN
  if [[ -t 1 ]]; then export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-always}; fi
  cargo test --workspace --exclude frontend --no-fail-fast | tee "$log" || true
  tally=$(awk '/^test result: /{p+=$4; f+=$6; s+=$8} END{print p+0, f+0, s+0}' "$log")
  # shellcheck disable=SC2086
  must_have_counted $tally && count $tally
}

end_to_end_tests() {
  local tally report=$state/end2end.json
  rm -f "$report"
  (
    cd end2end
    export E2E_SERVER LEPTOS_SITE_ROOT=$root/target/site E2E_CHROMIUM=/usr/bin/chromium
    E2E_SERVER=$(target_dir)/debug/guildhall
    PLAYWRIGHT_JSON_OUTPUT_FILE=$report node_modules/.bin/playwright test --reporter=list,json
  ) || true
  # shellcheck disable=SC2016 # JavaScript's dollars
  tally=$(node -p 'const { stats: s } = JSON.parse(require("fs").readFileSync(process.argv[1]));
    `${s.expected} ${s.unexpected + s.flaky} ${s.skipped}`' "$report")
  # shellcheck disable=SC2086
  must_have_counted $tally && count $tally
}

size_budget() {
  if node .make/budget.mjs; then count 1 0 0; else count 0 1 0; fi
}

step "Tests of the build" build_tests
step "Tests in Rust: units, and both databases" rust_tests
.make/frontend.sh
step "Test of the size budget" size_budget
step "Tests in the browser, and with a real client" end_to_end_tests

printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((failed == 0))
