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

# count STATUS PASSED FAILED SKIPPED: adds a part's numbers to the sum. A part that ends badly without naming a failed
# test counts as one; a part that ran no test (it could not be compiled, say) ends the run. Else the run goes on, so
# that it tells all.
count() {
  (($2 + $3 > 0)) || stop "no test was run."
  passed=$((passed + $2))
  failed=$((failed + ($1 != 0 && $3 == 0 ? 1 : $3)))
  skipped=$((skipped + $4))
}

build_tests() {
  local status=0
  node --test --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$log" .make/ || status=$?
  # shellcheck disable=SC2046 # three numbers
  count $status $(awk '/^# pass /{p=$3} /^# fail /{f=$3} /^# skipped /{s=$3} END{print p+0, f+0, s+0}' "$log")
}

rust_tests() {
  local status=0
  GUILDHALL_PG_BIN=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1)")
  export GUILDHALL_PG_BIN
  if [[ -t 1 ]]; then export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-always}; fi
  cargo test --workspace --exclude frontend --no-fail-fast | tee "$log" || status=$?
  # shellcheck disable=SC2046
  count $status $(awk '/^test result: /{p+=$4; f+=$6; s+=$8} END{print p+0, f+0, s+0}' "$log")
}

end_to_end_tests() {
  local status=0 report=$state/end2end.json
  echo '{"stats": {"expected": 0, "unexpected": 0, "flaky": 0, "skipped": 0}}' >"$report"
  (
    cd end2end
    export E2E_SERVER LEPTOS_SITE_ROOT=$root/target/site E2E_CHROMIUM=/usr/bin/chromium
    E2E_SERVER=$(target_dir)/debug/guildhall
    PLAYWRIGHT_JSON_OUTPUT_FILE=$report node_modules/.bin/playwright test --reporter=list,json
  ) || status=$?
  # shellcheck disable=SC2016,SC2046 # JavaScript's dollars; three numbers
  count $status $(node -p 'const { stats: s } = JSON.parse(require("fs").readFileSync(process.argv[1]));
    `${s.expected + s.flaky} ${s.unexpected} ${s.skipped}`' "$report")
}

size_budget() {
  if node .make/budget.mjs; then count 0 1 0 0; else count 1 0 1 0; fi
}

step "Tests of the build" build_tests
step "Tests in Rust: units, and both databases" rust_tests
.make/frontend.sh
step "Test of the size budget" size_budget
step "Tests in the browser, and with a real client" end_to_end_tests

printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
((failed == 0))
