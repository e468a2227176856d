/* Quick checks: says at once what is right or wrong with an answer. Nothing is sent or kept. */
(() => {
  "use strict";

  const wide = "０１２３４５６７８９．，－−％";
  const plain = "0123456789.,--%";

  /* A number as it is compared: digits with so many decimals, rounded half up; "?" if it is none,
     and with "~" before it an amount that has more than cents, which no right one has. */
  const number = (text, decimals) => {
    if (!text.trim()) return "";
    const half = [...text].map((c) => (wide.includes(c) ? plain[wide.indexOf(c)] : c)).join("");
    const found = half.replace(/[,\s元%]/g, "").match(/^([+-]?)(\d+)(?:\.(\d*))?$/);
    if (!found) return "?";
    const [, sign, whole, part = ""] = found;
    let digits = BigInt(whole + part.padEnd(decimals, "0").slice(0, decimals));
    if ((part[decimals] || "0") >= "5") digits += 1n;
    const shown = String(digits).padStart(decimals + 1, "0");
    const text_ = `${shown.slice(0, -decimals)}.${shown.slice(-decimals)}`;
    const over = decimals === 2 && /[1-9]/.test(part.slice(2)) ? "~" : "";
    return over + (sign === "-" && digits ? "-" : "") + text_;
  };

  const pair = ([english, chinese]) =>
    `${english === chinese ? "" : `${english} `}<span lang='zh-Hans'>${chinese}</span>`;

  const given = (form, says) => {
    const kind = form.dataset.kind;
    if (kind === "number") return number(form.querySelector("input").value, says.decimals);
    if (kind === "choice" || kind === "several") {
      return [...form.querySelectorAll("input:checked")].map((one) => one.value).join("");
    }
    return [...form.querySelectorAll("select")].map((one) => one.value).join("");
  };

  document.querySelectorAll("form.practice").forEach((form) => {
    const says = JSON.parse(form.dataset.says);
    const output = form.querySelector("output");
    const button = form.querySelector("button");
    button.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const answer = given(form, says);
      const single = form.dataset.kind === "number";
      const same = single
        ? answer === says.wanted
        : answer === says.wanted ||
          (form.dataset.kind === "several" &&
            [...answer].sort().join("") === [...says.wanted].sort().join(""));
      const reasons = single
        ? [says.wrong[answer] || says.wrong[answer.replace("~", "")]]
        : [...answer, "*"].map((one) => says.wrong[one]);
      output.dataset.right = String(same);
      const first = both("Answer first.", "请先作答。");
      const digits = both(
        "Write digits, in the unit that is asked for, such as −1,234.50.",
        "请按所问单位写数字，如 −1,234.50。",
      );
      const wrong = both("Not yet.", "还不对。");
      output.innerHTML = !answer
        ? pair(first)
        : single && answer === "?"
          ? pair(digits)
          : same
            ? `✓ ${says.right}`
            : `✗ ${pair(wrong)} ${reasons.filter(Boolean).join(" ")}`;
      output.scrollIntoView({ block: "nearest" });
    });
  });
})();
