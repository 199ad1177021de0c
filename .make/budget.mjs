// Holds the front end in target/site against end2end/budget.json: what a first visit downloads, as brotli.
// `node .make/budget.mjs` in the checkout.

import { readFile, stat } from "node:fs/promises";
import path from "node:path";

const site = "target/site";
const json = async (file) => JSON.parse(await readFile(file, "utf8"));

const { firstLoad } = await json("end2end/budget.json");
const manifest = await json(path.join(site, "manifest.json"));

let total = 0;
for (const asset of firstLoad.assets) {
  const { size } = await stat(path.join(site, `${manifest[asset]}.br`));
  total += size;
  print(asset, size);
}
print("first load", total);
print("budget", firstLoad.brotliKibibytes * 1024);

if (total > firstLoad.brotliKibibytes * 1024) {
  console.error("error: the first load is over its budget. What is instantiated again and again costs most: generics");
  console.error("       and closures in views. `cargo tree -p frontend -e normal` shows what came in by a dependency.");
  process.exitCode = 1;
}

function print(name, bytes) {
  console.log(`    ${name.padEnd(16)} ${(bytes / 1024).toFixed(1).padStart(7)} KiB`);
}
