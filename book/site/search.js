/* Looks for all words of the query in the text of every page; shows where they stand. */
(() => {
  "use strict";
  const HAN = "\\u3005\\u3007\\u3400-\\u9fff\\uf900-\\ufaff";
  const MARKS = "[\"'\\u201c\\u201d\\u2018\\u2019\\u3008-\\u3011()\\uff08\\uff09]"; // may stand between two letters of a Chinese word
  const [WAN, YUAN] = ["\\u4e07", "\\u5143"]; // 万 and 元, the units of an amount
  const WORDS = new RegExp(
    `\\d[\\d,]*(?:\\.\\d+)?(?:\\s*(?:${WAN}(?:${YUAN}|(?![${HAN}]))|${YUAN}))?|[${HAN}]+|(?:(?![${HAN}])[\\p{Letter}\\p{Number}_])+`,
    "gu",
  );
  // A number in a text: what stands before it, the number (whole, decimals), its unit.
  const NUMBERS = /(^|[^\d.,]|[^\d][.,])((\d+(?:,\d{3})*)(?:\.(\d+))?)(?![.,]?\d)( ?(?:万元|元|yuan|%))?/gi;
  const SHOWN = 4; // places of a page
  const AROUND = 60; // letters before and after what is found
  const [EXACT, NEAR, BARE] = [8, 5, 1]; // what a word counts for: as written, rounded, without its nought
  const LATE = /\/(derived|checks|guards|editorial|corrections)$/; // pages that repeat what others say

  // Each word becomes a function that finds it in a text: [where, how long] of the first, or null.
  function finding(source) {
    const pattern = new RegExp(source, "i");
    return (text) => {
      const hit = pattern.exec(text);
      return hit && [hit.index + hit[1].length, hit[2].length, EXACT];
    };
  }

  // An amount in each way of writing it: commas between thousands, noughts behind the point.
  function amount(whole, decimals) {
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",?");
    const rest = decimals.replace(/0+$/, "");
    return finding(`(^|[^\\d.,]|[^\\d][.,])(${grouped}${rest ? `\\.${rest}0*` : "(?:\\.0+)?"})(?![\\d]|[.,]\\d)`);
  }

  // An amount in 万元 (4 noughts) or in yuan (none): any that is as much, rounded half up at the
  // decimals written. In yuan is what says so, or has two decimals and says nothing else.
  function rounded(whole, decimals, noughts) {
    const power = (noughts) => BigInt(`1${"0".repeat(noughts)}`);
    const two = BigInt(2);
    const sought = BigInt(whole + decimals);
    return (text) => {
      NUMBERS.lastIndex = 0;
      for (let hit = NUMBERS.exec(text); hit; hit = NUMBERS.exec(text)) {
        const [, before, number, integer, cents = "", unit = ""] = hit;
        const same = /万元/.test(unit);
        if (same || /元|yuan/i.test(unit) || (!unit && cents.length === 2)) {
          const value = BigInt(integer.replace(/,/g, "") + cents) * power(decimals.length + (same ? 4 : 0));
          const one = power(cents.length + noughts);
          if ((two * value + one) / (two * one) === sought) {
            return [hit.index + before.length, number.length + (same ? unit.length : 0), NEAR];
          }
        }
      }
      return null;
    };
  }

  // The beginning of an English word, whether one or several are meant; Chinese wherever it stands.
  function finder(word) {
    if (/^\d/.test(word)) {
      const [whole, decimals = ""] = word.replace(/[^\d.]/g, "").split(".");
      if (/万/.test(word)) return rounded(whole, decimals, 4);
      const exact = amount(whole, decimals);
      if (decimals.length > 2 || whole.length + 2 * decimals.length < 4) return exact;
      const near = rounded(whole, decimals, decimals && !/元/.test(word) ? 4 : 0);
      const bare = (text, hit) => decimals === "0" && !text.substr(hit[0], hit[1]).includes(".");
      return (text) => {
        const hit = exact(text); // 210.0 is 万元 before it is the code 210
        return hit && !bare(text, hit) ? hit : near(text) || (hit && [hit[0], hit[1], BARE]);
      };
    }
    if (new RegExp(`[${HAN}]`).test(word)) return finding(`()(${[...word].join(`${MARKS}?`)})`);
    const stem = word.length > 3 ? word.replace(/(ies|es|s|y)$/, "") : word;
    return finding(`(^|[^a-z0-9])(${stem}[a-z0-9]*)`);
  }

  const asked = (query) =>
    [...new Set(query.match(WORDS) || [])]
      .filter((word) => !/^(a|an|and|in|of|or|the|to)$/.test(word))
      .map(finder);

  // A page that holds all words: its places that hold most of them, passports of an amount first,
  // printed before computed; of other words rows, terms and findings.
  function found(finders, [page, title, pieces]) {
    if (!finders.every((find) => pieces.some(([, text]) => find(text)))) return [];
    const places = pieces
      .map(([anchor, text], order) => {
        const hits = finders.map((find) => find(text)).filter(Boolean);
        const own = hits.some(([at]) => at === 0);
        const computed = own && anchor.startsWith("derived/");
        const first = computed || /^(row\/|term-|finding-)/.test(anchor) ? 1 : 0;
        const rank = hits.reduce((sum, hit) => sum + 10 * hit[2], own && anchor.startsWith("figure/") ? 2 : first);
        return { page, title, anchor, text, hits, order, rank, late: LATE.test(page) && !computed };
      })
      .filter(({ hits }) => hits.length)
      .sort((a, b) => b.rank - a.rank || a.order - b.order);
    const named = finders.every((find) => find(title));
    return [{ page, title, places, rank: places[0].rank + (named ? 0.5 : 0) - (places[0].late ? 5 : 0) }];
  }

  function excerpt({ text, hits }) {
    const first = Math.min(...hits.map(([at]) => at));
    const start = Math.max(0, first - AROUND);
    const end = Math.min(text.length, first + 2 * AROUND);
    const line = document.createElement("span");
    let at = start;
    line.append(start ? "… " : "");
    for (const [from, length] of hits.sort((a, b) => a[0] - b[0])) {
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

  function shown({ page, title, places }) {
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
      row.append(link(place, excerpt(place)));
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

  // The text of all pages: what stood before is a mark that says where it stood, and how long; a
  // word that returns is a letter of private use.
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
    const words = window.BOOK_WORDS.split("\n");
    const whole = unpacked(window.BOOK_TEXT).replace(/[\ue001-\uf8ff]/g, (letter) => words[letter.charCodeAt(0) - 0xe001]);
    const texts = whole.split("\n").values();
    return window.BOOK_PAGES.map(([page, title, anchors]) =>
      [page, title, anchors.map((anchor) => [anchor, texts.next().value])]);
  }

  // The pages that a query finds, the best first. The currency of an amount, and a quotation mark
  // or bracket between Chinese letters, is not looked for. Digits that blanks part in threes are one
  // number; if no page holds it, they are several.
  function search(query) {
    const plain = query
      .normalize("NFKC")
      .toLowerCase()
      .replace(new RegExp(`([${HAN}])${MARKS}(?=[${HAN}])`, "g"), "$1")
      .replace(/(?:rmb|cny|人民币)[\s¥]*(?=\d)/g, " ")
      .replace(/(\d\s*万?元?)\s*(?:rmb|cny|人民币)/g, "$1 ");
    const parted = /(^|[^\d.,])(\d{1,3}(?:\s\d{3})+)(?!\d)/g;
    const joined = plain.replace(parted, (_, before, digits) => before + digits.replace(/\s/g, ""));
    for (const words of new Set([joined, plain])) {
      const finders = asked(words);
      const pages = finders.length ? everything().flatMap((page) => found(finders, page)) : [];
      if (pages.length) return pages.sort((a, b) => b.rank - a.rank || b.places.length - a.places.length);
    }
    return [];
  }
  let all;
  const everything = () => (all = all || everyPage());

  const lost = document.querySelector(".lost-file");
  if (typeof counted === "undefined") lost.hidden = false; // what says so on other pages is missing
  if (!window.BOOK_TEXT || !lost.hidden) return; // the page says that it did not arrive
  lost.remove();
  const query = new URLSearchParams(location.search).get("q") || "";
  const field = document.querySelector("form.ask input[name=q]");
  field.value = query;
  if (!query) field.focus();
  const pages = search(query);
  document.getElementById("search-results").append(...pages.map(shown));
  const told = counted("{number} page found 找到{number}页", "{number} pages found 找到{number}页", pages.length);
  if (query.trim()) {
    const summary = document.getElementById("search-summary");
    summary.append(...marked(told), ...(pages.length ? [] : elsewhere()));
    summary.focus(); // the first place is next
  }
  window.searchBook = search; // what finds without showing
})();
