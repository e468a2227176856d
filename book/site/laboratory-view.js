// What the laboratory shows: cases, the walk through the budget, a figure with its checks, and
// what the changes did. An amount stays the exact text that it came as.

(() => {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const VERDICTS = {
    holds: both("holds", "成立"),
    "holds at printed precision": both("holds at printed precision", "按所印精度成立"),
    fails: both("fails", "不成立"),
    "cannot be tested": both("cannot be tested", "无法检验"),
    "does not apply": both("does not apply", "不适用"),
  };
  const MARKS = { holds: "✓", "holds at printed precision": "≈", fails: "✗", "cannot be tested": "?", "does not apply": "–" };
  const COLOURS = {
    basic: both("basic", "基本"),
    project: both("project", "项目"),
    "own-unit": both("own unit", "本级"),
    institution: both("subordinate institution", "下属事业单位"),
    open: both("of the one or the other, not determined", "归属未定"),
  };
  const TURNS = {
    fell: both("Checks that fall", "不再成立的核对"),
    mended: both("Checks that are mended", "恢复成立的核对"),
    open: both("Checks that cannot be tested any more", "不再能检验的核对"),
    tested: both("Checks that can be tested now", "可以检验了的核对"),
    apart: both("Checks that do not apply any more", "不再适用的核对"),
    gone: both("Checks that went with their row", "随行消失的核对"),
    precision: both("Checks that hold at another precision", "精度改变的核对"),
  };
  const RELATIONS = [
    both("not equal to", "不等于"),
    both("not below", "不小于"),
    both("not at most", "大于"),
    both("not rounding to", "舍入后不等于"),
    both("not summing to", "合计不等于"),
    both("rounds to", "舍入为"),
    both("sums to", "合计为"),
    both("= (but for rounding)", "=（按舍入）"),
    both("< (but for rounding)", "<（按舍入）"),
    both("≤ (but for rounding)", "≤（按舍入）"),
  ];
  const CHANGES = {
    appears: both("appears", "出现"),
    vanishes: both("vanishes", "消失"),
    changes: both("speaks of other figures", "数字改变"),
  };
  const FEW = 8;

  // Elements: h("p.name", {title: "x"}, "text", other elements). No text is ever read as HTML.
  function h(kind, properties, ...children) {
    const [tag, ...classes] = kind.split(".");
    const element = document.createElement(tag);
    if (classes.length) element.className = classes.join(" ");
    for (const [name, value] of Object.entries(properties || {})) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }
  function drawn(tag, attributes) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }
  const zh = (text) => h("span.lab-zh", { lang: "zh-Hans" }, text);
  const pair = ([english, chinese]) => (english === chinese ? (chinese ? [zh(chinese)] : []) : [english, english && chinese ? " " : "", chinese ? zh(chinese) : ""]);
  const button = (key, words, act, more) =>
    h("button", { type: "button", "data-key": key, onclick: act, ...more }, pair(words));

  function money(text) {
    if (!/^-?\d+(\.\d+)?$/.test(text)) return text;
    const [whole, decimals = ""] = text.replace("-", "").split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
    return `${text.startsWith("-") ? "−" : ""}${grouped}.${decimals.padEnd(2, "0")}`;
  }

  // A figure as a reader writes it, in the letters of the data: 19,912 or １９９１２ or 19912元.
  const plain = (text) => text.normalize("NFKC").replace(/\s/g, "").replace(/元$/, "").replace(/,(?=\d{3}(?!\d))/g, "").replace("−", "-");

  window.drawLaboratory = (lab) => {
    const app = lab.root.querySelector(".lab-app");
    const view = {};
    const opened = () => Object.assign(view, { walk: "function", year: "", open: new Set([""]), chosen: null, sought: "", table: "", told: new Set() });
    opened();

    const parts = {
      lost: h("p.lab-lost", { role: "status" }),
      open: h("section.lab-open", { "aria-labelledby": "lab-open" }),
      cases: h("section.lab-cases", { "aria-labelledby": "lab-cases" }),
      // Drawn below all others, but here for those who come by keyboard.
      bar: h("div.lab-bar", { role: "region", "aria-label": said("State of the laboratory") }),
      walk: h("section.lab-walks", { "aria-labelledby": "lab-walks" }),
      result: h("section.lab-result", { "aria-labelledby": "lab-result" }),
    };
    const says = h("p.lab-says", { role: "status" });
    const steps = h("span.lab-actions", {});
    parts.bar.append(says, steps);
    const rows = h("div.lab-rows");
    app.replaceChildren(...Object.values(parts));

    lab.busy = (at) => {
      app.setAttribute("aria-busy", String(at));
      if (at) says.textContent = said("Judging every check … 核对中");
    };

    const change = (edits, why) => lab.change(edits, why);
    const add = (...edits) => change([...lab.edits, ...edits], "edit");

    // What a change did, such as: Table 5, Total, Budget of the year: 1.00
    function inWords([action, , text], [english, chinese]) {
      const named = pair([english, chinese]);
      if (action === "delete") return [said("left out 删去:"), " ", named];
      if (action === "repeat") return [said("printed twice 重复:"), " ", named];
      return [named, " → ", h("strong", {}, text === "" ? said("blank 空白") : text)];
    }

    // The row and the cell at an address, undefined if nothing stands there (any more).
    const at = (address) => lab.cells.get(address);
    const about = (row) => lab.resources[row.table];
    const titleOf = ({ row, cell }) => about(row).columns[cell.column];
    const lineOf = (row) => (row.line ? said("line {line}", { line: row.line }) : "");

    // A package that the reader has: a zip or a folder, or the book's own again.
    function drawOpen() {
      const take = (key, words, more) => {
        const field = h("input", { type: "file", id: `lab-${key}`, "data-key": key, ...more, onchange: () => field.files.length && lab.open([...field.files]) });
        return h("p", {}, h("label", { for: `lab-${key}` }, pair(words)), field);
      };
      const refused = lab.refused
        ? h("div.lab-error", { role: "alert" }, h("p", {}, pair(both("This cannot be opened:", "无法打开："))), h("p", {}, h("code", {}, lab.refused[0])), h("p", {}, zh(lab.refused[1])))
        : "";
      const whose = h("p.lab-whose", { role: "status" }, pair(both("Open now:", "当前：")), " ", h("b", { lang: "zh-Hans" }, lab.office), `, ${lab.year}`, " (", lab.own ? said("this book 本书") : lab.name, ")");
      parts.open.replaceChildren(
        h("h2", { id: "lab-open", tabindex: "-1" }, pair(both("Open a package", "打开数据包"))),
        whose,
        h(
          "div.lab-files",
          {},
          take("zip", both("A zip, such as of your student folder", "压缩包（如学生文件夹的）"), { accept: ".zip" }),
          take("folder", both("Or the folder itself", "或文件夹本身"), { webkitdirectory: true }),
        ),
        refused,
        lab.own ? "" : h("p.lab-actions", {}, button("close", both("Back to this book's department", "回到本书的部门"), () => lab.open([]))),
      );
    }

    // The case that is open, if the changes are those of one; what it did is told when asked for.
    const same = (edits) => JSON.stringify(edits) === JSON.stringify(lab.edits);
    const theCase = () => lab.cases.find((each) => same(each.edits));
    const untold = () => theCase() && !view.told.has(theCase().id);

    const telling = (each, words, ...content) =>
      h(
        "details",
        {
          open: view.told.has(each.id),
          ontoggle: ({ target }) => {
            if (target.open === view.told.has(each.id)) return;
            if (target.open) view.told.add(each.id);
            else view.told.delete(each.id);
            draw();
          },
        },
        h("summary", { "data-key": `${words[0]} ${each.id}` }, pair(words)),
        content,
      );

    function drawCases() {
      parts.cases.hidden = !lab.cases.length;
      parts.cases.replaceChildren(
        h("h2", { id: "lab-cases", tabindex: "-1" }, pair(both("Prepared cases", "现成案例"))),
        h("p", {}, pair(both("In each something is changed. Open one, look at what falls or is mended, and find the change.", "每例都有改动。打开一例，看哪些核对不再成立或恢复成立，再找出改动。"))),
        h(
          "ul.lab-list",
          {},
          lab.cases.map((each, number) =>
            h(
              "li",
              {},
              button(`case ${number}`, both("Case {number}", "案例{number}", { number: number + 1 }), () => lab.change(same(each.edits) ? [] : each.edits, "case"), {
                "aria-pressed": String(same(each.edits)),
              }),
              telling(each, both("What was done in case {number}", "答案", { number: number + 1 }), h("p.lab-about", {}, h("b", {}, pair(each.title)), " ", pair(each.about))),
            ),
          ),
        ),
      );
    }

    // The walk: its chooser, years, search, and the rows of its tree.
    function drawChooser() {
      const radios = (name, given, current, act) =>
        given.map(([value, words]) =>
          h(
            "label",
            {},
            h("input", {
              type: "radio",
              name,
              value,
              "data-key": `${name} ${value}`,
              checked: value === current,
              onchange: () => act(value),
            }),
            h("span", {}, pair(words)),
          ),
        );
      const walk = lab.look.walks.find((each) => each.id === view.walk);
      if (!walk.years.includes(view.year)) [view.year] = walk.years;
      const choose = (name) => (value) => {
        view[name] = value;
        view.chosen = null;
        draw();
      };
      const search = h("input", {
        id: "lab-search",
        type: "search",
        "data-key": "search",
        autocomplete: "off",
        placeholder: said("2101101, pension, 接待 …"),
        oninput: () => {
          view.sought = search.value;
          view.chosen = null;
          drawRows();
        },
      });
      search.value = view.sought;
      parts.walk.replaceChildren(
        h("h2", { id: "lab-walks", tabindex: "-1" }, pair(both("Walk through the budget", "浏览预算"))),
        h(
          "fieldset.lab-radios",
          {},
          h("legend", {}, pair(both("Divided by", "划分方式"))),
          radios("walk", lab.look.walks.map((each) => [each.id, each.title]), view.walk, choose("walk")),
        ),
        walk.years.length > 1
          ? h(
              "fieldset.lab-radios",
              {},
              h("legend", {}, pair(both("Budget of the year", "预算年度"))),
              radios("year", walk.years.map((year) => [year, [year, ""]]), view.year, choose("year")),
            )
          : "",
        h("p.lab-find", {}, h("label", { for: "lab-search" }, pair(both("Find any row by code, name or figure", "查找"))), search),
        h("p.lab-find", {}, h("label", { for: "lab-table" }, pair(both("Or a table as it is printed", "或按表查看"))), chooseTable()),
        rows,
      );
      drawRows();
    }

    function drawRows() {
      const sought = view.sought.trim().toLowerCase();
      rows.replaceChildren(...(sought ? foundRows(sought) : view.table ? wholeTable() : treeRows()));
    }

    function chooseTable() {
      const titles = Object.entries(lab.resources).map(([name, { short, title }]) => [name, `${short === title[0] ? "" : `${short}: `}${title.join(" ")}`]);
      const field = h(
        "select",
        {
          id: "lab-table",
          "data-key": "table",
          onchange: () => {
            view.table = field.value;
            app.querySelector("#lab-search").value = view.sought = "";
            view.chosen = null;
            drawRows();
          },
        },
        [["", "–"], ...titles].map(([value, words]) => h("option", { value, selected: value === view.table }, words)),
      );
      return field;
    }

    // A table as it is printed: a figure is a button that opens below its row.
    function wholeTable() {
      const columns = Object.entries(lab.resources[view.table].columns).filter(([name]) => !["line", "position", "sha256"].includes(name));
      const press = (about) => about.figure || !columns.some(([, each]) => each.figure);
      const lines = []; // the two sides of a ledger's row have names of their own
      for (const row of lab.look.rows.filter((each) => each.table === view.table)) {
        const held = Object.fromEntries(row.cells.map((cell) => [cell.column, { row, cell }]));
        const last = lines[lines.length - 1];
        if (last && row.line && last.line === row.line && !Object.keys(held).some((name) => name in last.held)) Object.assign(last.held, held);
        else lines.push({ line: row.line, held });
      }
      const cellOf = ([name, about], held) => {
        if (!held[name]) return h("td", {});
        const { row, cell } = held[name];
        if (!press(about)) return h("td", {}, cell.text);
        const key = `table ${cell.address}`;
        const chosen = view.chosen && view.chosen.key === key;
        const text = about.yuan ? money(cell.text) : cell.text;
        const choose = () => {
          view.chosen = chosen ? null : { key, place: cell.address, name: row.words };
          keepFocus(drawRows);
        };
        const named = [row.code, ...row.words, ...about.title, text || said("blank 空白")];
        const words = { "aria-expanded": String(Boolean(chosen)), "aria-label": [...new Set(named)].filter(Boolean).join(" "), "data-place": cell.address };
        return h("td.lab-amount", {}, button(key, [text || "–", ""], choose, words), changed(cell.address) ? h("small.lab-edited", {}, said("changed 已改")) : "");
      };
      const body = lines.flatMap(({ held }) => {
        const here = Object.values(held).some(({ cell }) => view.chosen && view.chosen.key === `table ${cell.address}`);
        const line = h("tr", {}, columns.map((column) => cellOf(column, held)));
        return here ? [line, h("tr", {}, h("td", { colspan: columns.length }, passport()))] : [line];
      });
      const head = columns.map(([, { title }]) => h("th", { scope: "col" }, pair(title)));
      const words = lab.resources[view.table].title.join(" ");
      return [h("div.lab-scroll", { role: "region", "aria-label": words, tabindex: "0" }, h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, body)))];
    }

    function foundRows(sought) {
      const digits = sought.replace(/[,\s]/g, "");
      const fits = lab.look.rows.filter((row) =>
        [row.code, ...row.words, ...row.cells.map((cell) => cell.text)].some(
          (text) => text.toLowerCase().includes(sought) || (/^[\d.]{3,}$/.test(digits) && text.includes(digits)),
        ),
      );
      const shown = fits.slice(0, 3 * FEW);
      const told = { number: fits.length, shown: shown.length };
      const some = told.number === 1 ? message("{number} row found.") : message("{number} rows found.");
      const found = told.number > told.shown ? message("{number} rows found, the first {shown} shown.") : some;
      return [
        h("p.lab-note", { role: "status" }, pair(both(found, "找到{number}行。", told))),
        h(
          "ul.lab-tree",
          {},
          shown.map((row) => {
            const held = row.cells.filter((cell) => cell.text && about(row).columns[cell.column].figure);
            const fit = held.find((cell) => cell.text.includes(digits)) || held[0];
            return h(
              "li",
              {},
              rowOf({
                key: `found ${row.address} ${row.cells[0].address}`,
                name: row.words,
                code: row.code,
                note: [about(row).short, lineOf(row)].filter(Boolean).join(", "),
                figure: { amount: fit ? fit.text : "", place: (fit || row.cells[0]).address },
              }),
            );
          }),
        ),
      ];
    }

    function treeRows() {
      const walk = lab.look.walks.find((each) => each.id === view.walk);
      const nodes = allBelow(walk.root);
      const largest = Math.max(...nodes.map((node) => Number(node.figures[view.year].amount)));
      const scale = (amount) => (100 * amount) / (largest || 1);
      const used = new Set(nodes.flatMap((node) => node.figures[view.year].parts.map(([name]) => name)));
      const legend = h(
        "p.lab-legend",
        {},
        Object.keys(COLOURS)
          .filter((name) => used.has(name))
          .map((name) => h("span", {}, h(`i.lab-key.lab-is-${name}`, { "aria-hidden": "true" }), pair(COLOURS[name]))),
        h("span.lab-unit", {}, pair(both("yuan", "元"))),
      );
      return [legend, h("ul.lab-tree", {}, branch(walk.root, "", scale, 0))];
    }
    const allBelow = (node) => [node, ...node.below.flatMap(allBelow)];

    function branch(node, path, scale, depth) {
      const figure = node.figures[view.year];
      const open = view.open.has(path);
      const children = node.below;
      const known = node.name[0] !== node.name[1] && node.name[0];
      const english = known || (node.code ? "" : said("Printed without a code"));
      const toggle = children.length
        ? h(
            "button.lab-toggle",
            {
              type: "button",
              "data-key": `toggle ${view.walk} ${path}`,
              "aria-expanded": String(open),
              "aria-label": said("What is in {name}", { name: english || node.name[1] }),
              onclick: () => {
                if (open) view.open.delete(path);
                else view.open.add(path);
                keepFocus(drawRows);
              },
            },
            h("span", { "aria-hidden": "true" }, open ? "−" : "+"),
          )
        : h("span.lab-toggle", {});
      return h(
        "li",
        {},
        h(
          "div.lab-line",
          {},
          toggle,
          rowOf({
            key: `row ${view.walk} ${path}`,
            name: [english, node.name[1]],
            code: node.code,
            figure,
            bar: bar(figure, scale, depth),
          }),
        ),
        open && children.length
          ? h("ul", {}, children.map((child, at) => branch(child, `${path}/${child.code || child.name[1] || at}`, scale, depth + 1)))
          : "",
      );
    }

    // Every bar begins at one edge and has one scale, however deep its account stands.
    function bar(figure, scale, depth) {
      const amount = Math.max(Number(figure.amount) || 0, 0);
      const held = figure.parts.length ? figure.parts : [["whole", amount]];
      let from = 0;
      const pieces = held.map(([name, size]) => {
        const piece = { name, from, size: Math.max(Number(size), 0) };
        from += piece.size;
        return piece;
      });
      const svg = drawn("svg", { class: "lab-stripe", "aria-hidden": "true" });
      svg.style.setProperty("--depth", depth);
      for (const piece of pieces) {
        const sides = { x: `${scale(piece.from)}%`, width: `${scale(piece.size)}%`, height: "100%" };
        svg.append(drawn("rect", { class: `lab-is-${piece.name}`, ...sides }));
      }
      return svg;
    }

    const changed = (place) => !untold() && lab.edits.some(([action, address]) => action === "set" && address === place);

    function rowOf({ key, name, code, note, figure, bar: stripe }) {
      const chosen = view.chosen && view.chosen.key === key;
      const choose = button(
        key,
        ["", ""],
        () => {
          view.chosen = chosen ? null : { key, place: figure.place, terms: figure.terms, name };
          keepFocus(drawRows);
        },
        { "aria-expanded": String(Boolean(chosen)), class: "lab-choose", "data-place": figure.place || undefined },
      );
      const edited = changed(figure.place);
      choose.append(
        h("span.lab-name", {}, name[0] ? `${name[0]} ` : "", zh(name[1]), code ? h("span.lab-code", {}, ` ${code}`) : "", note ? h("span.lab-code", {}, ` ${note}`) : ""),
        h(edited ? "span.lab-amount.lab-edited" : "span.lab-amount", {}, edited ? h("small", {}, said("changed 已改"), " ") : "", figure.amount === "" ? h("span", { "aria-label": said("blank 空白") }, "–") : stripe || isYuan(figure.place) ? money(figure.amount) : figure.amount),
      );
      if (stripe) choose.append(stripe);
      const box = h("div.lab-box", {}, choose);
      if (chosen) box.append(passport());
      return box;
    }
    const isYuan = (place) => at(place) && titleOf(at(place)).yuan;

    // A figure: where it is printed, what reads it, and the field to change it.
    function passport() {
      const { place, terms, name } = view.chosen;
      const panel = h("div.lab-passport", { role: "group", "aria-label": said("The figure of {name}", { name: name[0] || name[1] }) });
      if (!place) {
        panel.append(
          h("p", {}, pair(both("Derived, not printed: it is the sum of these; change one, and it changes.", "推算，非公布：由下列各数相加，改其一则随之改变。"))),
          h("ul", {}, terms.length ? terms.map((term) => h("li", {}, at(term) ? wordsOf(at(term)) : term)) : h("li", {}, said("nothing 无"))),
        );
        return panel;
      }
      const known = at(place);
      if (!known) {
        panel.append(h("p", {}, pair(both("This row is left out, or is called otherwise now.", "此行已删去或已改名。"))));
        return panel;
      }
      const { row, cell } = known;
      const title = titleOf(known);
      const link = h("a", { href: about(row).page }, pair(both("its passport in the data", "数字的出处")));
      const field = h("input", {
        type: "text",
        id: "lab-field",
        "data-key": "field",
        autocomplete: "off",
        spellcheck: "false",
        inputmode: title.figure ? "decimal" : undefined,
      });
      field.value = cell.text;
      const fact = (words, ...what) => h("div", {}, h("dt", {}, pair(words)), h("dd", {}, what));
      panel.append(
        h(
          "dl",
          {},
          fact(both("Table", "表"), pair(about(row).title)),
          fact(both("Row", "行"), row.code ? `${row.code} ` : "", pair(row.words), row.line ? `, ${lineOf(row)}` : ""),
          fact(both("Column", "列"), pair(title.title), title.unit ? `, ${title.unit}` : ""),
          fact(both("Origin", "来源"), changed(place) ? said("changed here 在此改动") : said("printed 公布"), lab.own ? ["; ", link] : ""),
        ),
        h(
          "form.lab-edit",
          {
            onsubmit: (event) => {
              event.preventDefault();
              const text = title.figure ? plain(field.value) : field.value;
              if (text !== cell.text) add(["set", place, text]);
            },
          },
          h("label", { for: "lab-field" }, pair(both("Type another", "改为"))),
          field,
          h("button.lab-main", { type: "submit", "data-key": "apply" }, pair(both("Change", "更改"))),
        ),
        h(
          "p.lab-actions",
          {},
          button("leave out", both("Leave the row out", "删去此行"), () => add(["delete", row.address])),
          button("twice", both("Print the row twice", "重复此行"), () => add(["repeat", row.address])),
        ),
        others(known),
      );
      const checks = h("div.lab-checks", { "aria-live": "polite" }, h("p.lab-note", {}, "…"));
      panel.append(checks);
      const tell = (text) => {
        const found = JSON.parse(text);
        if (found.anchor) link.href = `${about(row).page}#${found.anchor}`;
        drawChecks(checks, found.checks);
      };
      // What was read before stands until what is read now arrives, so that nothing moves.
      const before = view.read && view.read.place === place ? view.read.text : null;
      if (before) tell(before);
      lab.ask("passport", place).then((text) => {
        view.read = { place, text };
        if (text !== before) keepFocus(() => tell(text));
      });
      return panel;
    }

    // A printed cell in words: where it stands, and its figure.
    const wordsOf = ({ row, cell }) => [
      `${about(row).short}: ${row.code} `,
      pair(row.words),
      ": ",
      h("b", {}, isYuan(cell.address) ? money(cell.text) : cell.text),
    ];

    function others({ row, cell }) {
      const cells = row.cells.filter(({ address, column }) => address !== cell.address && column !== "sha256");
      return h(
        "details.lab-others",
        {},
        h("summary", {}, pair(both("The other cells of the row", "同行其他格"))),
        h(
          "ul",
          {},
          cells.map(({ address, column, text }) =>
            h(
              "li",
              {},
              h(
                "button",
                {
                  type: "button",
                  "data-key": `cell ${address}`,
                  onclick: () => {
                    view.chosen = { ...view.chosen, place: address };
                    keepFocus(drawRows, "field");
                  },
                },
                pair(about(row).columns[column].title),
                ": ",
                h("b", {}, text || "–"),
              ),
            ),
          ),
        ),
      );
    }

    function drawChecks(place, checks) {
      const order = ["fails", "cannot be tested", "holds at printed precision", "holds"];
      checks.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
      const number = checks.length;
      const some = number === 1 ? message("Read by {number} check") : message("Read by {number} checks");
      const words = number
        ? both(some, "有{number}项核对读取此格", { number })
        : both("No check reads this cell by its place; one that counts rows or words may still notice.", "没有核对直接读取此格");
      place.replaceChildren(h("p.lab-note", {}, pair(words)), list(checks, checkLine));
    }

    const inBoth = (relation) => RELATIONS.find(([english]) => english === relation) || [relation, ""];
    const checkLine = (check) =>
      h(
        "li",
        {},
        h(`span.lab-mark.lab-${check.verdict.split(" ").pop()}`, {}, MARKS[check.verdict], " "),
        h("span", {}, h("b", {}, pair(VERDICTS[check.verdict])), ": ", check.statement, check.needs ? h("span.lab-sides", {}, check.verdict === "cannot be tested" ? [...pair(both("needs", "所缺")), " ", check.needs] : check.needs) : h("span.lab-sides", {}, `${check.left}, `, pair(inBoth(check.relation)), ` ${check.right}`), zh(check.statement_zh)),
      );

    function list(given, line) {
      const shown = h("ul.lab-list.lab-plain", {}, given.slice(0, FEW).map(line));
      if (given.length <= FEW) return shown;
      const rest = given.slice(FEW);
      return h("div", {}, shown, h("details", {}, h("summary", {}, said("and {number} more 另有{number}项", { number: rest.length })), h("ul.lab-list.lab-plain", {}, rest.map(line))));
    }

    // What the changes did.
    const turnedTo = (kind) => lab.report.turned.filter((check) => check.kind === kind);
    function summary() {
      if (lab.fault) return pair(both("The checks stopped: {fault}. Undo the last change.", "核对中断：{fault}。请撤销上一步。", { fault: lab.fault }));
      if (lab.report.error) return pair(both("The changed data cannot be used.", "数据无法读取。"));
      const told = (number, one, many, chinese) => (number ? [pair(both(number === 1 ? one : many, chinese, { number }))] : []);
      const { turned, findings, counts: held } = lab.report;
      if (!lab.edits.length) {
        const nothing = pair(both("Nothing is changed.", "未作改动。"));
        return [nothing, ...told(held.fails || 0, message("{number} check fails."), message("{number} checks fail."), message("{number}项核对不成立。"))].flatMap((each, n) => [n ? " " : "", ...each]);
      }
      const appear = findings.filter((each) => each.change === "appears").length;
      const vanish = findings.filter((each) => each.change === "vanishes").length;
      const words = [
        ...told(turnedTo("fell").length, message("{number} check falls"), message("{number} checks fall"), message("{number}项核对变为不成立")),
        ...told(turnedTo("mended").length, message("{number} check is mended"), message("{number} checks are mended"), message("{number}项核对恢复成立")),
        ...told(turnedTo("open").length, message("{number} check cannot be tested"), message("{number} checks cannot be tested"), message("{number}项核对变为无法检验")),
        ...told(appear, message("{number} finding appears"), message("{number} findings appear"), message("出现{number}项发现")),
        ...told(vanish, message("{number} finding vanishes"), message("{number} findings vanish"), message("{number}项发现消失")),
      ];
      if (!words.length) words.push(...told(turned.length, message("{number} check changes"), message("{number} checks change"), message("{number}项核对有变")));
      return words.length ? words.flatMap((each, n) => [n ? ", " : "", ...each]) : pair(both("No check notices.", "没有核对察觉。"));
    }

    function drawBar() {
      says.replaceChildren(...summary());
      parts.bar.className = `lab-bar${lab.report && lab.report.error ? " lab-broken" : ""}`;
      const offered = lab.edits.length
        ? [
            button("see", both("See what it does", "查看"), () => {
              const heading = app.querySelector("#lab-result");
              heading.scrollIntoView({ block: "start" });
              heading.focus({ preventScroll: true });
            }),
            button("undo", both("Undo", "撤销"), () => change(theCase() ? [] : lab.edits.slice(0, -1), "undo")),
          ]
        : [];
      steps.replaceChildren(...offered);
      uncover();
    }

    // What comes into view comes above the bar.
    const uncover = () => document.documentElement.style.setProperty("scroll-padding-bottom", `${parts.bar.offsetHeight + 4}px`);
    window.addEventListener("resize", uncover);

    function drawResult() {
      const head = h("h2", { id: "lab-result", tabindex: "-1" }, pair(both("What it does", "结果")));
      const { report } = lab;
      if (!lab.edits.length && !lab.fault) {
        parts.result.replaceChildren(head, h("p", {}, pair(both("Nothing is changed. As published:", "未作改动，公布数据："))), counts(), standing(), takeaway());
        return;
      }
      const changes = h(
        "ol.lab-changes",
        {},
        lab.edits.map((edit, number) =>
          h("li", {}, h("span", {}, inWords(edit, lab.report.changes[number] || [edit[1], ""])), button(`undo ${number}`, both("Undo", "撤销"), () => change(lab.edits.filter((_, each) => each !== number), "undo"), { "aria-label": said("Undo change {number}", { number: number + 1 }) })),
        ),
      );
      const words = theCase() ? both("Case {number}", "案例{number}", { number: lab.cases.indexOf(theCase()) + 1 }) : both("Your changes", "改动");
      parts.result.replaceChildren(head, h("h3", {}, pair(words)), theCase() ? telling(theCase(), both("What was changed", "改动之处"), changes) : changes);
      if (lab.fault) {
        parts.result.append(h("p.lab-error", {}, ...summary()));
      } else if (report.error) {
        parts.result.append(
          h("div.lab-error", {}, h("p", {}, pair(both("The changed data cannot be used, so nothing is judged. The loader says:", "改后的数据无法读取，未作核对。读取程序报告："))), h("p", {}, h("code", {}, report.error))),
        );
      } else {
        if (!report.turned.length) {
          parts.result.append(h("p.lab-none", {}, pair(both("No check notices: nothing else in the document speaks of what you changed, or the changes offset each other, or a check that reads it fails already, or the change stays within a limit or a rounding.", "没有核对察觉：文件别处未涉及所改内容，或改动互相抵消，或涉及所改内容的核对原已不成立，或改动未超出限额或舍入范围。"))));
        }
        for (const [kind, words] of Object.entries(TURNS)) {
          const turned = turnedTo(kind);
          if (turned.length) parts.result.append(h("h3", {}, pair(words), ` (${turned.length})`), list(turned, kind === "gone" ? (check) => h("li", {}, h("span", {}, check.statement, zh(check.statement_zh))) : checkLine));
        }
        if (report.findings.length) {
          parts.result.append(h("h3", {}, pair(both("Findings", "发现"))), h("ul.lab-list.lab-plain", {}, report.findings.map(findingLine)));
        }
        if (report.unweighed) {
          const some = report.unweighed === 1
            ? message("{number} failing check belongs to no finding of the book: a new disagreement.")
            : message("{number} failing checks belong to no finding of the book: a new disagreement.");
          const words = both(some, "有{number}项不成立的核对属于新的不符，本书尚无相应发现。", { number: report.unweighed });
          parts.result.append(h("p.lab-none", {}, pair(words)));
        }
        parts.result.append(counts(), standing());
      }
      parts.result.append(takeaway());
    }

    function findingLine(finding) {
      const title = h("a", { href: `findings.html#finding-${finding.id}` }, pair(finding.title));
      const verb = CHANGES[finding.change];
      const fails = finding.failing === 1
        ? message("What the book calls fine no longer is: {number} check of it fails.")
        : message("What the book calls fine no longer is: {number} checks of it fail.");
      const told = {
        appears: () => both(fails, "本书原认为无误，现有{number}项核对不成立。", { number: finding.failing }),
        vanishes: () => [said("It said: {sentence}", { sentence: finding.before[0] }), said("原为：{sentence}", { sentence: finding.before[1] })],
        changes: () => [said("Now: {sentence}", { sentence: finding.after[0] }), said("现为：{sentence}", { sentence: finding.after[1] })],
      }[finding.change]();
      return h("li", {}, h(`span.lab-mark.lab-${finding.change === "vanishes" ? "holds" : "fails"}`, {}, finding.change === "vanishes" ? "−" : finding.change === "appears" ? "+" : "~", " "), h("span", {}, title, " ", h("b", {}, pair(verb)), h("span.lab-sides", {}, pair(told))));
    }

    function counts() {
      return h(
        "dl.lab-counts",
        {},
        Object.entries(VERDICTS).map(([name, words]) =>
          h("div", {}, h("dt", {}, h(`span.lab-mark.lab-${name.split(" ").pop()}`, { "aria-hidden": "true" }, MARKS[name], " "), pair(words)), h("dd", {}, String(lab.report.counts[name] || 0))),
        ),
      );
    }

    // All that fails or cannot be tested now, whoever changed it.
    function standing() {
      const of = (verdict) => lab.report.standing.filter((check) => check.verdict === verdict);
      const open = !lab.own && !lab.edits.length;
      return h(
        "div",
        {},
        ["fails", "cannot be tested"].filter((verdict) => of(verdict).length).map((verdict) =>
          h("details", { open }, h("summary", {}, pair(VERDICTS[verdict]), ` (${of(verdict).length})`), list(of(verdict), checkLine)),
        ),
      );
    }

    // What can be taken away: the link, and one file with all of it.
    function takeaway() {
      const told = h("span.lab-note", { role: "status" });
      const copy = async () => {
        try {
          await window.navigator.clipboard.writeText(lab.link());
          told.textContent = said("Copied. 已复制");
        } catch {
          const field = h("input", { readonly: true, "aria-label": said("Link to this state 链接") });
          field.value = lab.link();
          told.replaceChildren(said("Copy it from here 请自行复制:"), " ", field);
          field.select();
        }
      };
      const save = async () => {
        const address = URL.createObjectURL(new Blob([await lab.ask("export")], { type: "application/zip" }));
        const name = `${lab.name}-${lab.edits.length}-${lab.edits.length === 1 ? "change" : "changes"}.zip`;
        h("a", { href: address, download: name }).click();
        setTimeout(() => URL.revokeObjectURL(address), 10000);
        told.textContent = said("{name}: your changes, the data and the verdicts. 内含改动、数据与结论。", { name });
      };
      return h(
        "p.lab-actions",
        {},
        lab.edits.length ? button("undo all", both("Undo all", "全部撤销"), () => change([], "undo")) : "",
        lab.own ? button("copy", both("Copy link to this state", "复制链接"), copy) : "",
        button("export", both("Save all of it as one file", "存为一个文件"), save),
        told,
      );
    }

    function goTo(element) {
      element.focus({ preventScroll: true });
      element.scrollIntoView({ block: "nearest" });
    }

    // Draw anew, and give the keyboard back what it was on, where it was on the screen; if that is
    // gone, what `lost` finds.
    function keepFocus(act, wanted, lost = () => null) {
      const before = document.activeElement;
      const key = wanted || before.dataset.key;
      const { top } = before.getBoundingClientRect();
      act();
      if (!key) return;
      const kept = !wanted && before.isConnected && before;
      const again = kept || [...app.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
      const goal = again || lost();
      if (!goal) return;
      const seen = top >= 0 && top < window.innerHeight;
      goal.focus({ preventScroll: true });
      if (again && !wanted) window.scrollBy(0, goal.getBoundingClientRect().top - top);
      if (seen || goal !== again) goal.scrollIntoView({ block: "nearest" });
    }

    // Where the keyboard goes when its button is gone: to the case or to the cell that is as it was
    // again, or else to what tells of the changes.
    function instead(why, { edits, number }) {
      if (why === "open") return app.querySelector("#lab-open");
      if (number >= 0) return parts.cases.querySelectorAll("button")[number];
      const [, place] = edits.find((edit) => !lab.edits.includes(edit)) || [];
      const shown = [...app.querySelectorAll("[data-place]")];
      const changed = shown.find((each) => each.dataset.place === place || each.dataset.place.startsWith(`${place}.`));
      return changed || steps.querySelector("button") || app.querySelector("#lab-result");
    }

    function draw(why) {
      const before = view.drawn;
      view.drawn = { edits: lab.edits, number: lab.cases.indexOf(theCase()) };
      lab.cells = new Map(lab.look.rows.flatMap((row) => row.cells.map((cell) => [cell.address, { row, cell }])));
      keepFocus(() => {
        parts.lost.replaceChildren(...pair(lab.lost));
        parts.lost.hidden = !lab.lost.length;
        drawOpen();
        drawCases();
        drawChooser();
        drawResult();
        drawBar();
      }, "", () => instead(why, before));
    }
    lab.draw = (why) => {
      if (why === "open") opened();
      if (!["edit", "undo", "refused"].includes(why)) view.chosen = null;
      draw(why);
      if (why === "start") goTo(app.querySelector("#lab-open"));
    };
  };
})();
