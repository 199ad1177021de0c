// Puts the front end together in target/site: `node .make/site.mjs PKG PROFILE` in the checkout, where PKG holds
// wasm-bindgen's output; with the profile wasm-release it is minified and compressed as far as it goes.
//
// - pkg/guildhall.HASH.js, .wasm and .css; the JavaScript is told the address of the WASM when it is started.
// - pkg/CHUNK.HASH.wasm, the code of pages that are loaded when they are first visited, and pkg/CHUNK-CHUNK.HASH.wasm,
//   what several chunks have in common and none is whole without. The JavaScript knows their hashed names.
// - every file of public/ under its own name with a hash in it, but those that others look for by name.
// - manifest.json: from the name without the hash to the path with it ("icons.svg": "icons.HASH.svg"). What it lists
//   may be cached for ever.
// - beside each file that compresses, the same as .br and .gz, so that the server never compresses one itself.
//
// The folder is made anew beside the old one and takes its place at the end: a server that reads it meets a whole site.

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import * as zlib from "node:zlib";

const root = process.cwd();
const esbuild = createRequire(path.join(root, "end2end/package.json"))("esbuild");
const site = path.join(root, "target/site");
const fresh = `${site}.new`;
const [pkg, profile] = process.argv.slice(2);
const release = profile === "wasm-release";

/** Files that browsers and crawlers ask for under exactly this name. */
const fixedName = /^(robots\.txt|favicon\.\w+)$/;
const compressible = /\.(css|html|ico|js|json|map|svg|txt|wasm|webmanifest|xml)$/;

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);
const manifest = {};

await rm(fresh, { recursive: true, force: true });
const loader = await chunks(path.join(pkg, "__wasm_split.js"));
await Promise.all([
  add("pkg/guildhall.js", await bundle(path.join(pkg, "guildhall.js"))),
  add("pkg/guildhall.wasm", await readFile(path.join(pkg, "guildhall_bg.wasm"))),
  add("pkg/guildhall.css", await bundle(path.join(root, "style/main.css"))),
  ...(await filesIn(path.join(root, "public"))).map(addStatic),
]);
const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
await writeFile(path.join(fresh, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
await rm(site, { recursive: true, force: true });
await rename(fresh, site);

/**
 * Adds the files of the chunks, and gives the script that loads them with their new names in it.
 *
 * wasm-split numbers what several chunks share, and says whose it is in a comment before. With chunks as parts of the
 * name, the server knows what to tell the browser of, and nothing is called by a number that means something else in
 * the next build.
 */
async function chunks(script) {
  const text = await readFile(script, "utf8");
  const files = /(?:\/\* ([\w, ]+) \*\/[^"]*)?"\.\/((?:split|chunk)_(\w+)\.wasm)"/g;
  const names = new Map();
  for (const [, sharing, file, own] of text.matchAll(files)) names.set(file, sharing?.replaceAll(", ", "-") ?? own);
  await Promise.all([...names].map(async ([file, name]) => add(`pkg/${name}.wasm`, await readFile(path.join(pkg, file)))));
  return text.replaceAll(/"\.\/(\w+\.wasm)"/g, (_, file) => {
    return JSON.stringify(`./${path.basename(manifest[`${names.get(file)}.wasm`])}`);
  });
}

/** One file from an entry point and all it imports, minified; addresses of assets stay as they are. */
async function bundle(entry) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    minify: release,
    format: "esm",
    target: "es2022",
    plugins: [
      { name: "site-addresses", setup: keepSiteAddresses },
      { name: "chunk-names", setup: nameChunks },
    ],
    legalComments: "none",
    logLevel: "warning",
    logOverride: { "duplicate-object-key": "silent" }, // wasm-bindgen names the loader of chunks once a chunk
    write: false,
  });
  return Buffer.from(outputFiles[0].contents);
}

/** What begins with a slash is an address on the site, not a file to be taken in. */
function keepSiteAddresses(build) {
  build.onResolve({ filter: /^\// }, ({ path: address, kind }) =>
    kind === "entry-point" ? undefined : { path: address, external: true },
  );
}

/** Takes the script that loads chunks with their hashed names. */
function nameChunks(build) {
  build.onLoad({ filter: /[/\\]__wasm_split\.js$/ }, () => ({ contents: loader }));
}

/** Adds a file of public/, named by its path in there. */
async function addStatic(name) {
  const bytes = await readFile(path.join(root, "public", name));
  await (fixedName.test(name) ? write(name, bytes) : add(name, bytes));
}

/** Writes a file under a name with its hash, and notes the name in the manifest. */
async function add(name, bytes) {
  const { dir, name: stem, ext } = path.posix.parse(name);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 16);
  const hashed = path.posix.join(dir, `${stem}.${hash}${ext}`);
  manifest[name.replace(/^pkg\//, "")] = hashed;
  await write(hashed, bytes);
}

/** Writes a file and its compressed forms. */
async function write(name, bytes) {
  const file = path.join(fresh, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
  if (!compressible.test(name)) return;
  const quality = release ? zlib.constants.BROTLI_MAX_QUALITY : 4;
  const params = {
    [zlib.constants.BROTLI_PARAM_QUALITY]: quality,
    [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await writeFile(`${file}.br`, await brotli(bytes, { params }));
  await writeFile(`${file}.gz`, await gzip(bytes, { level: release ? 9 : 6 }));
}

/** The paths of all files under a folder, relative to it, without hidden ones. */
async function filesIn(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => !path.basename(name).startsWith("."));
  const stats = await Promise.all(names.map((name) => stat(path.join(folder, name))));
  return names.filter((_, index) => stats[index].isFile());
}
