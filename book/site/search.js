/* Looks for all words of the query in the text of every page; shows where they stand. */
(() => {
  "use strict";
  const HAN = "\\u3005\\u3007\\u3400-\\u9fff\\uf900-\\ufaff";
  const WORDS = new RegExp(`\\d[\\d,]*(?:\\.\\d+)?|[${HAN}]+|(?:(?![${HAN}])[\\p{Letter}\\p{Number}_])+`, "gu");
  const SHOWN = 4; // places of a page
  const AROUND = 60; // letters before and after what is found

  // An amount in each way of writing it: commas between thousands, noughts behind the point.
  function amount(word) {
    const [whole, decimals = ""] = word.replace(/,/g, "").split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",?");
    const rest = decimals.replace(/0+$/, "");
    return `(^|[^\\d.,]|[^\\d][.,])(${grouped}${rest ? `\\.${rest}0*` : "(?:\\.0+)?"})(?![\\d]|[.,]\\d)`;
  }

  // The beginning of an English word, whether one or several are meant; Chinese wherever it stands.
  function words(word) {
    if (/^\d/.test(word)) return amount(word);
    if (new RegExp(`[${HAN}]`).test(word)) return `()(${word})`;
    const stem = word.length > 3 ? word.replace(/(ies|es|s|y)$/, "") : word;
    return `(^|[^a-z0-9])(${stem}[a-z0-9]*)`;
  }

  const asked = (query) =>
    [...new Set(query.normalize("NFKC").toLowerCase().match(WORDS) || [])]
      .filter((word) => !/^(a|an|and|in|of|or|the|to)$/.test(word))
      .map((word) => new RegExp(words(word), "gi"));

  const holds = (pattern, text) => {
    pattern.lastIndex = 0;
    return pattern.test(text);
  };

  // A page that holds all words: its places that hold most of them, passports of an amount first, printed before computed.
  function found(patterns, [page, title, pieces]) {
    if (!patterns.every((pattern) => pieces.some(([, text]) => holds(pattern, text)))) return [];
    const places = pieces
      .map(([anchor, text], order) => {
        const many = patterns.filter((pattern) => holds(pattern, text)).length;
        const own = text.slice(0, 40).search(patterns[0]) === 0;
        const passport = own && (anchor.startsWith("figure/") ? 2 : anchor.startsWith("derived/") ? 1 : 0);
        return { page, title, anchor, text, order, rank: many * 3 + passport };
      })
      .filter(({ rank }) => rank)
      .sort((a, b) => b.rank - a.rank || a.order - b.order);
    const named = patterns.every((pattern) => holds(pattern, title));
    return [{ page, title, places, rank: places[0].rank * 2 + (named ? 1 : 0) }];
  }

  function excerpt(text, patterns) {
    const places = patterns.flatMap((pattern) => {
      pattern.lastIndex = 0;
      const hit = pattern.exec(text);
      return hit ? [[hit.index + hit[1].length, hit[2].length]] : [];
    });
    const first = Math.min(...places.map(([at]) => at));
    const start = Math.max(0, first - AROUND);
    const end = Math.min(text.length, first + 2 * AROUND);
    const line = document.createElement("span");
    let at = start;
    line.append(start ? "… " : "");
    for (const [from, length] of places.sort((a, b) => a[0] - b[0])) {
      if (from < at || from + length > end) continue;
      const mark = Object.assign(document.createElement("mark"), { textContent: text.slice(from, from + length) });
      line.append(...marked(text.slice(at, from)), mark);
      at = from + length;
    }
    line.append(...marked(text.slice(at, end)), end < text.length ? " …" : "");
    return line;
  }

  // Runs of Chinese say what they are.
  const marked = (text) => text.split(new RegExp(`([${HAN}]+)`)).map((piece, index) =>
    index % 2 ? Object.assign(document.createElement("span"), { lang: "zh-Hans", textContent: piece }) : piece);

  function shown({ page, title, places }, patterns) {
    const item = document.createElement("li");
    const link = (place, ...content) => {
      const a = document.createElement("a");
      a.href = `${page}.html${place.anchor ? `#${encodeURIComponent(place.anchor)}` : ""}`;
      a.append(...content);
      return a;
    };
    const list = document.createElement("ul");
    for (const place of places.slice(0, SHOWN)) {
      const row = document.createElement("li");
      row.append(link(place, excerpt(place.text, patterns)));
      list.append(row);
    }
    const head = document.createElement("strong");
    head.append(link(places[0], ...marked(title)));
    const more = places.length - SHOWN;
    item.append(head, list);
    if (more > 0) {
      const rest = counted("and {number} more place 另有{number}处", "and {number} more places 另有{number}处", more);
      item.append(...marked(rest));
    }
    return item;
  }

  // Where else to look if no page is found: the sentence in both languages, its two names links.
  function elsewhere() {
    const goals = { "\ue001": ["book/glossary.html", both("glossary", "术语表")], "\ue002": ["book/data/index.html", both("data", "数据")] };
    const [glossary, data] = Object.keys(goals);
    const sentences = both("Try fewer words, or words of the {glossary} or the {data}.", "可少用几个词，或查看{glossary}与{data}。", { glossary, data });
    return sentences.flatMap((sentence, language) => [
      " ",
      ...sentence.split(/([\ue001\ue002])/).flatMap((piece) => {
        if (!goals[piece]) return marked(piece);
        const [href, names] = goals[piece];
        const a = Object.assign(document.createElement("a"), { href });
        a.append(...marked(names[language]));
        return [a];
      }),
    ]);
  }

  // The text of all pages: what stood before is a mark that says where it stood, and how long.
  function unpacked(text) {
    const letters = [];
    const copy = (from, start, length) => {
      for (let at = start; at < start + length; at += 1) letters.push(from(at));
    };
    const [first, ...marked] = text.split("\ue000");
    copy((at) => first.charCodeAt(at), 0, first.length);
    for (const part of marked) {
      const [mark, start, length] = /^([0-9a-f]+),([0-9a-f]+);/.exec(part);
      copy((at) => letters[at], parseInt(start, 16), parseInt(length, 16));
      copy((at) => part.charCodeAt(at), mark.length, part.length - mark.length);
    }
    return new TextDecoder("utf-16le").decode(new Uint16Array(letters));
  }

  function everyPage() {
    const texts = unpacked(window.BOOK_TEXT).split("\n").values();
    return window.BOOK_PAGES.map(([page, title, anchors]) =>
      [page, title, anchors.map((anchor) => [anchor, texts.next().value])]);
  }

  const query = new URLSearchParams(location.search).get("q") || "";
  const field = document.querySelector("form.ask input[name=q]");
  field.value = query;
  if (!query) field.focus();
  const patterns = asked(query);
  const pages = patterns.length ? everyPage().flatMap((page) => found(patterns, page)) : [];
  pages.sort((a, b) => b.rank - a.rank || b.places.length - a.places.length);
  document.getElementById("search-results").append(...pages.map((page) => shown(page, patterns)));
  const told = counted("{number} page found 找到{number}页", "{number} pages found 找到{number}页", pages.length);
  if (query.trim()) document.getElementById("search-summary").append(...marked(told), ...(pages.length ? [] : elsewhere()));
})();
