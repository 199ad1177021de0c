// What uncalled.mjs does to a file: `node --test .make/` in the checkout.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const here = path.dirname(fileURLToPath(import.meta.url));
const run = (...command) => promisify(execFile)("node", command);
let folder;
let file;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "guildhall-uncalled-"));
  file = path.join(folder, "some.wasm");
  const source = path.join(folder, "some.wat");
  await writeFile(
    source,
    `(module
      (import "host" "memory" (memory 1 2))
      (import "host" "table" (table 1 funcref))
      (import "host" "global" (global $global i32))
      (import "host" "tell" (func $tell_rarely (result i32)))
      (func $view_hydrate (export "hydrate") (result i32) (call $tell_rarely))
      (func $view_rarely (export "rarely") (param i32) (result i32) (local i32) (local.get 0)))`,
  );
  await run(path.join(here, "../end2end/node_modules/binaryen/bin/wasm-as"), "-g", source, "-o", file);
});

after(() => rm(folder, { recursive: true }));

test("what_is_named_traps_and_the_rest_does_what_it_did", async () => {
  await run(path.join(here, "uncalled.mjs"), "rarely", file);
  const host = {
    memory: new WebAssembly.Memory({ initial: 1, maximum: 2 }),
    table: new WebAssembly.Table({ initial: 1, element: "anyfunc" }),
    global: 0,
    tell: () => 7,
  };
  const { instance } = await WebAssembly.instantiate(await readFile(file), { host });
  assert.equal(instance.exports.hydrate(), 7);
  assert.throws(() => instance.exports.rarely(1), WebAssembly.RuntimeError);
});

test("a_name_that_means_nothing_is_an_error", async () => {
  await assert.rejects(run(path.join(here, "uncalled.mjs"), "hydrate,seldom", file), /names: seldom$/m);
});
