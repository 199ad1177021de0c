// Holds the front end in target/site against end2end/budget.json, as brotli: what a first visit to the home page
// downloads, and what a page that is loaded later adds at most. `node .make/budget.mjs` in the checkout.

import { readFile, stat } from "node:fs/promises";
import path from "node:path";

const site = "target/site";
const json = async (file) => JSON.parse(await readFile(file, "utf8"));

const { firstLoad, chunk } = await json("end2end/budget.json");
const manifest = await json(path.join(site, "manifest.json"));

const first = await total(firstLoad.assets);
print("first load", first);
print("budget", firstLoad.brotliKibibytes * 1024);

if (first > firstLoad.brotliKibibytes * 1024) {
  console.error("error: the first load is over its budget. What is instantiated again and again costs most: generics");
  console.error("       and closures in views. `cargo tree -p frontend -e normal` shows what came in by a dependency.");
  console.error("       A page that few open first can be loaded later: see `lazy!` in app/src/routes.rs.");
  process.exitCode = 1;
}

const parts = Object.keys(manifest).filter((name) => name.endsWith(".wasm") && !firstLoad.assets.includes(name));
for (const name of new Set(parts.flatMap(chunksOf))) {
  console.log(`    chunk ${name}`);
  const size = await total(parts.filter((part) => chunksOf(part).includes(name)));
  print("together", size);
  if (size > chunk.brotliKibibytes * 1024) {
    console.error(`error: the chunk ${name} is over ${chunk.brotliKibibytes} KiB. Part it: see app/src/routes.rs.`);
    process.exitCode = 1;
  }
}

/** The chunks that a file is part of; they stand in its name. */
function chunksOf(file) {
  return file.replace(/\.wasm$/, "").split("-");
}

/** The sum of the files' sizes, with a line for each. */
async function total(assets) {
  let sum = 0;
  for (const asset of assets) {
    const { size } = await stat(path.join(site, `${manifest[asset]}.br`));
    sum += size;
    print(asset, size);
  }
  return sum;
}

function print(name, bytes) {
  console.log(`    ${name.padEnd(36)} ${(bytes / 1024).toFixed(1).padStart(7)} KiB`);
}
