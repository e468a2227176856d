// The laboratory's other thread: Python itself, so that the page never waits for it.
// It answers one question after the other; see the class Laboratory in budgetbook/laboratory/judging.py.

import { loadPyodide } from "./vendor/pyodide/pyodide.js";

let laboratory;

const tell = (phase, loaded) => self.postMessage({ phase, loaded });

// Count what is loaded, so that the page can show how far it is.
let loaded = 0;
const fetched = self.fetch.bind(self);
self.fetch = async (address, options) => {
  const answer = await fetched(address, options);
  if (!answer.ok || !answer.body) return answer;
  const counted = answer.body.pipeThrough(
    new TransformStream({
      transform(chunk, stream) {
        loaded += chunk.byteLength;
        tell("load", loaded);
        stream.enqueue(chunk);
      },
    }),
  );
  const headers = new Headers(answer.headers);
  if (String(address).endsWith(".wasm")) headers.set("Content-Type", "application/wasm"); // some servers say otherwise
  return new Response(counted, { status: answer.status, headers });
};

// Pyodide waits for ever if its core does not arrive whole or cannot be compiled: here it is heard.
const lost = new Promise((_, reject) => {
  const instantiate = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = (core, imports) => {
    const begun = instantiate(core, imports);
    begun.catch((error) => reject(new Error(`pyodide.asm.wasm: ${error.message}`)));
    return begun;
  };
});

// Its other part, under a name whose type every server knows.
const module = async (settings) => (await import("./vendor/pyodide/pyodide.asm.js")).default(settings);

async function start() {
  tell("load", 0);
  const here = new URL(".", self.location.href);
  const code = self.fetch(new URL("laboratory.zip", here), { cache: "no-cache" });
  code.catch(() => {}); // looked at below, after the interpreter
  const indexURL = new URL("vendor/pyodide/", here).href;
  const python = await Promise.race([loadPyodide({ indexURL, createPyodideModule: module }), lost]);
  const answer = await code;
  if (!answer.ok) throw new Error(`laboratory.zip: ${answer.status}`);
  const zip = await answer.arrayBuffer();
  tell("unpack");
  python.unpackArchive(zip, "zip", { extractDir: "/laboratory" });
  tell("judge");
  laboratory = python.runPython(`
import sys
sys.path.insert(0, "/laboratory")
from budgetbook.laboratory.judging import Laboratory
Laboratory("/laboratory/data")
`);
  return laboratory.start();
}

function answer(what, given) {
  const found = laboratory[what](...given);
  if (typeof found === "string") return found;
  const bytes = found.toJs();
  found.destroy();
  return bytes;
}

self.onmessage = async ({ data: { id, what, given } }) => {
  try {
    self.postMessage({ id, answer: what === "start" ? await start() : answer(what, given) });
  } catch (error) {
    const lines = String(error.message || error).trim().split("\n");
    self.postMessage({ id, fault: lines[lines.length - 1] });
  }
};
