// Empties functions that nobody calls, but that wasm-opt must believe to be called: `node .make/uncalled.mjs NAMES WASM…`
// changes the files in place. A function goes if its name in the file contains one of the given, which are parted by
// commas; whoever calls it in spite of that ends with a trap.
//
// Leptos keeps, beside each view, pointers to all that could be done with it. What is never done with any is never
// called, and is more than a twentieth of the code.

import { readFile, writeFile } from "node:fs/promises";

/** A body without locals that traps: its length, no locals, `unreachable`, `end`. */
const trap = Buffer.from([3, 0, 0x00, 0x0b]);
const section = { custom: 0, import: 2, code: 10 };
const functionNames = 1;

const [list, ...files] = process.argv.slice(2);
const uncalled = list.split(",");
const unseen = new Set(uncalled);
let bytes;
let at; // where in the bytes the next is read

for (const file of files) {
  bytes = await readFile(file);
  await writeFile(file, emptied());
}
if (unseen.size > 0) throw new Error(`no function has one of these names: ${[...unseen].join(", ")}`);

/** The present file without the bodies of what is not called. */
function emptied() {
  const names = new Map();
  let imported = 0;
  let code;
  at = 8; // past the magic number and the version
  while (at < bytes.length) {
    const start = at;
    const id = bytes[at++];
    const end = number() + at;
    if (id === section.import) imported = importedFunctions();
    if (id === section.code) code = { start, content: at, end };
    if (id === section.custom && text() === "name") readNames(names, end);
    at = end;
  }
  if (!code) return bytes;
  at = code.content;
  const count = number();
  const bodies = [];
  for (let index = imported; index < imported + count; index += 1) {
    const start = at;
    at = number() + at;
    const found = uncalled.find((name) => names.get(index)?.includes(name));
    unseen.delete(found);
    bodies.push(found ? trap : bytes.subarray(start, at));
  }
  const content = Buffer.concat([encoded(count), ...bodies]);
  const head = [bytes.subarray(0, code.start), Buffer.from([section.code]), encoded(content.length)];
  return Buffer.concat([...head, content, bytes.subarray(code.end)]);
}

/** The number of functions among the imports. */
function importedFunctions() {
  const limits = () => void (bytes[at++] & 1 ? (number(), number()) : number());
  const skip = {
    0: number,
    1: () => void ((at += 1), limits()), // table
    2: limits, // memory
    3: () => void (at += 2), // global
    4: () => void ((at += 1), number()), // tag
  };
  let functions = 0;
  for (let left = number(); left > 0; left -= 1) {
    text();
    text();
    const kind = bytes[at++];
    if (kind === 0) functions += 1;
    skip[kind]();
  }
  return functions;
}

/** Notes the functions' names, out of a section of names that ends there. */
function readNames(names, end) {
  while (at < end) {
    const kind = bytes[at++];
    const next = number() + at;
    for (let left = kind === functionNames ? number() : 0; left > 0; left -= 1) names.set(number(), text());
    at = next;
  }
}

/** Reads a number in LEB128. */
function number() {
  let value = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = bytes[at++];
    value += (byte % 128) * shift;
    if (byte < 128) return value;
  }
}

/** Reads a text with its length. */
function text() {
  const length = number();
  return bytes.toString("utf8", at, (at += length));
}

/** A number in LEB128. */
function encoded(value) {
  const digits = [];
  for (; value >= 128; value = Math.floor(value / 128)) digits.push((value % 128) | 128);
  return Buffer.from([...digits, value]);
}
