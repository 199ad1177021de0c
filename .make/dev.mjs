// Rebuilds and restarts on change: `node .make/dev.mjs BINARY` in the checkout. Each step leaves out what has not
// changed, so a change of style costs a second, and one of a page what cargo needs for it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";

const binary = process.argv[2];
const folders = ["app", "frontend", "public", "server", "style"];
const files = new Set(["Cargo.lock", "Cargo.toml", "Leptos.toml"]);

let server;
let building = false;
let changed = true;
let pause;

for (const folder of folders) watch(folder, { recursive: true }, soon);
watch(".", (_, name) => files.has(name) && soon());
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => end(signal));
await rebuild();

/** Waits until the editor has written all it wants to. */
function soon() {
  changed = true;
  clearTimeout(pause);
  pause = setTimeout(rebuild, 200);
}

async function rebuild() {
  if (building) return;
  building = true;
  while (changed) {
    changed = false;
    const built =
      (await run(".make/frontend.sh", "wasm-dev")) && (await run("cargo", "build", "-p", "server", "--bin", "guildhall"));
    if (built && !changed) await restart();
    else if (!built) console.log("==> Not built. Waiting for a change.");
  }
  building = false;
}

/** Whether the command succeeded. */
async function run(command, ...args) {
  const [status] = await once(spawn(command, args, { stdio: "inherit" }), "exit");
  return status === 0;
}

async function restart() {
  await stop("SIGTERM");
  console.log("==> Serving");
  const env = { ...process.env, LEPTOS_SITE_ROOT: "target/site" };
  server = spawn(binary, ["serve"], { stdio: "inherit", env });
}

async function stop(signal) {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  server.kill(signal);
  await once(server, "exit");
}

async function end(signal) {
  await stop(signal);
  process.exit(0);
}
