// The laboratory's other thread: Python itself, so that the page never waits for it.
// It answers one question after the other; see the class Laboratory in budgetbook/laboratory/judging.py.
// Opened from a folder, all that is loaded here comes in `self.folder`; see budgetbook/site/folder.py.

const folder = self.folder;
const here = folder ? folder.here : self.name; // the page's word: a thread from a text has no place
let python, laboratory;

const tell = (phase, loaded) => self.postMessage({ phase, loaded });

// Count what is loaded, so that the page can show how far it is.
let loaded = 0;
const fetched = self.fetch.bind(self);
self.fetch = async (address, options) => {
  const answer = await fetched(folder ? folder.files[String(address).split("/").pop()] : address, options);
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

// A module, also from a server that calls it plain text, as some on Windows do.
async function imported(name) {
  const address = new URL(`vendor/pyodide/${name}`, here).href;
  try {
    return await import(address);
  } catch (error) {
    const answer = await fetched(address);
    if (!answer.ok) throw error;
    return import(URL.createObjectURL(new Blob([await answer.text()], { type: "text/javascript" })));
  }
}

// Its two parts, under names whose type most servers know.
const loader = async () => (folder ? folder.loader() : imported("pyodide.js"));
const core = async () => (folder ? folder.core() : imported("pyodide.asm.js"));

async function start(language) {
  tell("load", 0);
  const code = self.fetch(new URL("laboratory.zip", here), { cache: "no-cache" });
  code.catch(() => {}); // looked at below, after the interpreter
  const { loadPyodide } = await loader();
  const begun = loadPyodide({
    indexURL: new URL("vendor/pyodide/", here).href,
    createPyodideModule: async (settings) => (await core()).default(settings),
  });
  python = await Promise.race([begun, lost]);
  const answer = await code;
  if (!answer.ok) throw new Error(`laboratory.zip: ${answer.status}`);
  const zip = await answer.arrayBuffer();
  tell("unpack");
  python.unpackArchive(zip, "zip", { extractDir: "/laboratory" });
  tell("judge");
  python.globals.set("language", language);
  laboratory = python.runPython(`
import os, sys
os.environ["BUDGETBOOK_LANGUAGE"] = language.replace("-", "_")  # as a page writes zh-CN
sys.path.insert(0, "/laboratory")
from budgetbook.laboratory.judging import Laboratory
Laboratory("/laboratory/data")
`);
  return laboratory.start();
}

function answer(what, given) {
  const found = laboratory[what](...given.map((each) => python.toPy(each)));
  if (typeof found === "string") return found;
  const bytes = found.toJs();
  found.destroy();
  return bytes;
}

self.onmessage = async ({ data: { id, what, given } }) => {
  try {
    self.postMessage({ id, answer: what === "start" ? await start(...given) : answer(what, given) });
  } catch (error) {
    const lines = String(error.message || error).trim().split("\n");
    self.postMessage({ id, fault: lines[lines.length - 1] });
  }
};
