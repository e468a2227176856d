// The laboratory's page: starts Python in another thread when asked to, keeps the list of
// changes, and lets laboratory-view.js draw what comes back.

(() => {
  "use strict";

  const root = document.getElementById("laboratory");
  const here = document.currentScript.src;
  const find = (selector) => root.querySelector(selector);
  if (typeof said === "undefined") { // what says so on other pages is missing
    find(".lost-file").hidden = false;
    return;
  }
  const fromFolder = window.location.protocol === "file:";
  const still = document.querySelector(".lab-still");
  const lab = {
    root,
    edits: [], // each a list: action, address and, for `set`, text
    report: null, // what the changes did
    look: null, // the walks and the rows as the changes made them
    own: true, // the book's package, or one that the reader opened
    name: "",
    office: "",
    year: 0,
    resources: {},
    cases: [],
    refused: null, // why what the reader chose could not be opened, in both languages
    fault: "",
    lost: [], // what a link held and this edition cannot do, in both languages
  };

  const PHASES = {
    load: said("Loading Python 正在下载"),
    unpack: said("Unpacking the book's code 正在解包"),
    judge: said("Reading the data and judging every check 正在读取并核对"),
  };
  const MOST = 50e6; // bytes that are read of what a reader opens
  const WITHOUT = both(
    "This folder has the site without what the laboratory needs to run from a folder. Take offline.zip of a release, unpack all of it and open this page there; or serve this folder over http, for instance with: python -m http.server. The tables below show the budget, and the command line at the end of this page does the rest.",
    "此文件夹缺少实验室离线运行所需的文件。请取发行版的 offline.zip，全部解压后从中打开本页；或用 python -m http.server 提供本文件夹。也可看下表，或用命令行。",
  );
  // How many parts a change has in a link, today and in the edition before, which Python translates.
  const PARTS = { set: [2, 4], delete: [1, 2], repeat: [1, 2] };

  // The state as a link: set=address/text&delete=address … An address is a text that Python knows.
  const written = (edits) =>
    edits.map(([action, ...rest]) => `${action}=${rest.map(encodeURIComponent).join("/")}`).join("&");

  function fromLink(hash) {
    const parts = hash.replace(/^#/, "").split("&");
    if (!parts.every((part) => /^(set|delete|repeat)=/.test(part))) return null;
    try {
      const edits = parts.map((part) => {
        const at = part.indexOf("=");
        return [part.slice(0, at), ...part.slice(at + 1).split("/").map(decodeURIComponent)];
      });
      return edits.every(([action, ...rest]) => PARTS[action].includes(rest.length)) ? edits : null;
    } catch {
      return null;
    }
  }

  // Questions to the other thread, each with its own answer.
  const waiting = new Map();
  let worker = null;
  let last = 0;

  lab.ask = (what, ...given) =>
    new Promise((resolve, reject) => {
      waiting.set((last += 1), { resolve, reject });
      worker.postMessage({ id: last, what, given });
    });

  function heard({ data }) {
    if (data.phase) {
      showPhase(data.phase, data.loaded);
      return;
    }
    const { resolve, reject } = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.fault) reject(new Error(data.fault));
    else resolve(data.answer);
  }

  function showPhase(phase, loaded) {
    const words = find(".lab-phase");
    if (words.textContent !== PHASES[phase]) words.textContent = PHASES[phase];
    const bar = find(".lab-progress progress");
    const whole = Number(root.dataset.bytes);
    if (phase === "load") {
      bar.max = whole * 1.25; // the last part is Python's own start
      bar.value = Math.min(loaded, whole);
      find(".lab-done").textContent = `${(Math.min(loaded, whole) / 1e6).toFixed(1)} MB`;
    } else {
      bar.value = whole * (phase === "unpack" ? 1.1 : 1.15);
      find(".lab-done").textContent = "";
    }
  }

  function cannot(english, chinese) {
    const place = find("p.lab-cannot[hidden]") || find("div > p.lab-cannot");
    place.replaceChildren(english + " ", Object.assign(document.createElement("span"), { lang: "zh-Hans", textContent: chinese }));
    place.hidden = false;
    place.tabIndex = -1;
    find(".lab-start").hidden = true;
    find(".lab-phase").textContent = "";
    return place;
  }

  const script = (name) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(name, here);
      element.onload = resolve;
      element.onerror = () => reject(new Error(said("{file} could not be loaded", { file: name })));
      document.head.append(element);
    });

  // From a folder a browser starts no thread from a file, nor from what a server calls plain text: it
  // gets the text of a script as one.
  async function thread() {
    const how = { type: "module", name: new URL(".", here).href };
    const address = new URL("laboratory-worker.js", here);
    const answer = fromFolder ? null : await fetch(address);
    if (answer && /javascript/.test(answer.headers.get("content-type"))) return new Worker(address, how);
    if (answer) return new Worker(URL.createObjectURL(new Blob([await answer.text()], { type: "text/javascript" })), how);
    await script("laboratory-folder.js").catch(() => {
      throw Object.assign(new Error(), { said: WITHOUT });
    });
    const code = new Blob([`(${window.laboratoryFolder})()`], { type: "text/javascript" });
    return new Worker(URL.createObjectURL(code));
  }

  async function start() {
    const button = find(".lab-start button");
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true"); // it keeps the focus
    find(".lab-progress").hidden = false;
    showPhase("load", 0);
    try {
      worker = await thread();
      worker.onmessage = heard;
      const broken = new Promise((_, reject) => {
        worker.onerror = (event) => {
          event.preventDefault();
          reject(new Error(said("no modules")));
        };
      });
      const drawing = script("laboratory-view.js");
      const [begun] = await Promise.race([Promise.all([lab.ask("start", document.documentElement.lang), drawing]), broken]);
      Object.assign(lab, JSON.parse(begun));
      window.budgetLaboratory = { ask: lab.ask, edits: () => lab.edits };
      window.drawLaboratory(lab);
      await open(fromLink(window.location.hash) || [], "start");
    } catch (error) {
      if (worker) worker.terminate();
      const words = both(
        "The laboratory could not be started ({fault}): this browser may be too old, or a file did not arrive or came with a wrong type. Load the page again to try once more; the tables below show the budget.",
        "无法启动，可重新载入本页，或看下表。",
        { fault: error.message },
      );
      cannot(...(error.said || words)).focus();
    }
  }

  // Make the changes of a link, and say what of it cannot be made any more.
  async function open(held, why) {
    const { edits, lost } = JSON.parse(await lab.ask("opened", JSON.stringify(held)));
    lab.lost = lost || [];
    await lab.change(edits, why);
  }

  // Judge another list of changes; if several come at once, the last one is drawn.
  let turn = 0;
  lab.change = async (edits, why) => {
    const mine = (turn += 1);
    lab.edits = edits;
    lab.refused = null;
    const state = written(edits);
    if (why !== "start" && why !== "link") lab.lost = [];
    if (lab.own && (fromLink(window.location.hash) || edits.length) && `#${state}` !== window.location.hash) {
      const address = window.location.href.split("#")[0];
      window.history.replaceState(null, "", state ? `${address}#${state}` : address);
    }
    lab.busy(true);
    try {
      const [report, look] = await Promise.all([
        lab.ask("change", JSON.stringify(edits)),
        lab.ask("look"),
      ]);
      if (mine !== turn) return;
      lab.report = JSON.parse(report);
      lab.look = JSON.parse(look);
      lab.fault = "";
    } catch (error) {
      if (mine !== turn) return;
      lab.fault = error.message;
    }
    lab.busy(false);
    if (why === "start") {
      find(".lab-start").hidden = true;
      still.hidden = true;
      find(".lab-app").hidden = false;
    }
    lab.draw(why);
    root.dataset.shown = state;
    root.dataset.package = lab.name;
  };

  // Open a package that the reader has, as files of a folder or one zip; without any, the book's own.
  // The address then carries no change: whoever follows it has not the package.
  lab.open = async (files) => {
    const wanted = files.filter((file) => !file.webkitRelativePath || /\.(csv|json)$/i.test(file.name));
    lab.busy(true);
    try {
      if (wanted.reduce((sum, file) => sum + file.size, 0) > MOST) {
        lab.refused = both("There is more in it than any data package has; open the folder of one package.", "内容过多，不像一个数据包；请只打开一个数据包的文件夹。");
      } else {
        const given = await Promise.all(wanted.map(read));
        // A folder without any table is a folder all the same.
        const content = new Map(given.length || !files.length ? given : [["/", new Uint8Array()]]);
        const found = JSON.parse(await lab.ask("open", content));
        lab.refused = null;
        Object.assign(lab, found);
      }
    } catch (error) {
      lab.refused = both("It could not be read: {fault}.", "无法读取。", { fault: error.message });
    }
    if (lab.refused) {
      lab.busy(false);
      lab.draw("refused");
      return;
    }
    window.history.replaceState(null, "", window.location.href.split("#")[0]);
    await lab.change([], "open");
  };
  const read = async (file) => [file.webkitRelativePath || file.name, new Uint8Array(await file.arrayBuffer())];

  lab.link = () => `${window.location.href.split("#")[0]}${lab.edits.length ? "#" : ""}${written(lab.edits)}`;

  function begin() {
    find(".lost-file").remove();
    if (typeof Worker === "undefined" || typeof WebAssembly === "undefined" || typeof TransformStream === "undefined") {
      const words = both(
        "This browser is too old for the laboratory: the tables below show the budget, and the command line at the end of this page does the rest.",
        "浏览器版本过旧，实验室无法运行；可看下表，或用命令行。",
      );
      cannot(...words);
      return;
    }
    find(".lab-start").hidden = false;
    find(".lab-start button").addEventListener("click", start);
    const shared = fromLink(window.location.hash);
    if (shared) {
      const words = find(".lab-shared");
      words.textContent = counted(
        "This link holds one change to the budget. Start the laboratory to see what it does. 此链接含{number}处改动。",
        "This link holds {number} changes to the budget. Start the laboratory to see what it does. 此链接含{number}处改动。",
        shared.length,
      );
      words.hidden = false;
    }
    window.addEventListener("hashchange", () => {
      const edits = fromLink(window.location.hash);
      if (edits && lab.draw && lab.own && written(edits) !== written(lab.edits)) open(edits, "link");
    });
  }

  begin();
})();
