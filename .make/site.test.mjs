// What site.mjs promises the server: `node --test .make/` in the checkout.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const here = path.dirname(fileURLToPath(import.meta.url));
// As wasm_split_cli_support 0.2.4 writes it, without what is around.
const loader = `/* account, help */
const __chunk_3 = makeLoad(() => {
    const src = fetch(new URL("./chunk_3.wasm", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, []);
export const __wasm_split_load_help = makeLoad(() => {
    const src = fetch(new URL("./split_help.wasm", import.meta.url));
    return async (imports) => (WebAssembly.instantiateStreaming(src, imports));
}
, [__chunk_3]);
export const __wasm_split_load_account = makeLoad(() => async (_imp) => ({}), [__chunk_3]);
`;
let checkout;
let manifest;

before(async () => {
  checkout = await mkdtemp(path.join(tmpdir(), "guildhall-site-"));
  await mkdir(path.join(checkout, "end2end"));
  await symlink(path.join(here, "../end2end/node_modules"), path.join(checkout, "end2end/node_modules"));
  await put("built/guildhall.js", 'import { wait } from "./snippets/a.js"; import "./__wasm_split.js"; export default () => wait(1 + 1);');
  await put("built/snippets/a.js", "export const wait = (longName) => longName;");
  await put("built/guildhall_bg.wasm", Buffer.from([0, 97, 115, 109]));
  await put("built/chunk_3.wasm", Buffer.from([0, 97, 115, 109, 1]));
  await put("built/split_help.wasm", Buffer.from([0, 97, 115, 109, 2]));
  await put("built/__wasm_split.js", loader);
  await put("style/main.css", '@import "./tokens.css";\n.card { & > a { mask: url("/mark.svg"); } }');
  await put("style/tokens.css", ":root { --ink: light-dark(black, white); }");
  await put("public/icons.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
  await put("public/help/push.png", Buffer.from([137, 80, 78, 71]));
  await put("public/robots.txt", "User-agent: *\n");
  await assemble();
});

after(() => rm(checkout, { recursive: true }));

test("manifest_names_every_hashed_file_and_no_other", async () => {
  const names = [
    "account-help.wasm",
    "guildhall.css",
    "guildhall.js",
    "guildhall.wasm",
    "help.wasm",
    "help/push.png",
    "icons.svg",
  ];
  assert.deepEqual(Object.keys(manifest), names);
  assert.match(manifest["guildhall.wasm"], /^pkg\/guildhall\.[0-9a-f]{16}\.wasm$/);
  assert.match(manifest["icons.svg"], /^icons\.[0-9a-f]{16}\.svg$/);
  assert.match(manifest["help/push.png"], /^help\/push\.[0-9a-f]{16}\.png$/);
});

test("files_found_by_name_keep_it", async () => {
  assert.equal(await text("robots.txt"), "User-agent: *\n");
});

test("compressed_forms_hold_the_same_bytes", async () => {
  for (const name of ["guildhall.css", "guildhall.js", "guildhall.wasm", "icons.svg"]) {
    const plain = await bytes(manifest[name]);
    assert.deepEqual(brotliDecompressSync(await bytes(`${manifest[name]}.br`)), plain);
    assert.deepEqual(gunzipSync(await bytes(`${manifest[name]}.gz`)), plain);
  }
});

test("pictures_are_not_compressed_again", async () => {
  const folder = await readdir(path.join(checkout, "target/site/help"));
  assert.deepEqual(folder, [path.basename(manifest["help/push.png"])]);
});

test("styles_and_scripts_are_one_small_file_each", async () => {
  const css = await text(manifest["guildhall.css"]);
  assert.equal(css.trim(), ":root{--ink: light-dark(black, white)}.card{>a{mask:url(/mark.svg)}}");
  const js = await text(manifest["guildhall.js"]);
  assert.doesNotMatch(js, /import[^.]|longName/);
  assert.match(js, /export\{\w+ as default\}/);
});

test("the_script_loads_chunks_by_their_hashed_names", async () => {
  const js = await text(manifest["guildhall.js"]);
  for (const name of ["help.wasm", "account-help.wasm"]) {
    assert.match(manifest[name], /^pkg\/[a-z-]+\.[0-9a-f]{16}\.wasm$/);
    assert.ok(js.includes(`new URL("./${path.basename(manifest[name])}",import.meta.url)`));
  }
  assert.deepEqual([...(await bytes(manifest["account-help.wasm"]))], [0, 97, 115, 109, 1]);
  assert.doesNotMatch(js, /(chunk|split)_\w+\.wasm/);
});

test("a_changed_file_gets_another_name_and_the_old_one_goes", async () => {
  const old = manifest["guildhall.css"];
  await put("style/tokens.css", ":root { --ink: black; }");
  await assemble();
  assert.notEqual(manifest["guildhall.css"], old);
  const kept = await readdir(path.join(checkout, "target/site/pkg"));
  assert.ok(!kept.includes(path.basename(old)));
});

async function assemble() {
  await promisify(execFile)("node", [path.join(here, "site.mjs"), "built", "wasm-release"], { cwd: checkout });
  manifest = JSON.parse(await text("manifest.json"));
}

async function put(name, content) {
  await mkdir(path.dirname(path.join(checkout, name)), { recursive: true });
  await writeFile(path.join(checkout, name), content);
}

function bytes(name) {
  return readFile(path.join(checkout, "target/site", name));
}

async function text(name) {
  return (await bytes(name)).toString();
}
