/* The book's own script: light or dark, all code at once, search from the keyboard. Without it
   every page reads the same; the buttons that need it are hidden. */

/* What scripts say are whole messages with named values, as in `{number}`. An edition in another
   language has them in messages.js; as in Python, `message` is shown later and `both` is a pair. */
(() => {
  const messages = window.BOOK_MESSAGES || {};
  const message = (text) => text;
  const said = (text, values = {}) =>
    (messages[text] || text).replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const counted = (one, many, number) => said(number === 1 ? one : many, { number });
  const both = (english, chinese, values) => [said(english, values), said(chinese, values)];
  Object.assign(window, { message, said, counted, both });
})();

(() => {
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {
    // A page opened from a folder may have no storage: the system's theme stands.
  }
  const paint = () => {
    root.dataset.theme = chosen || (system.matches ? "dark" : "light");
  };
  paint();
  system.addEventListener("change", paint);
  root.dataset.code = ""; // before anything is drawn, so that nothing moves
  if (location.protocol === "file:") {
    // From a folder the fonts are at hand: none is left for the next page.
    document.fonts.forEach((font) => {
      font.display = "block";
    });
  }

  // A script takes away the words for the case that it does not arrive.
  window.addEventListener("load", () => {
    document.querySelectorAll(".lost-file").forEach((words) => {
      words.hidden = false;
    });
  });

  document.addEventListener("DOMContentLoaded", () => {
    const theme = document.querySelector("button.theme");
    theme.addEventListener("click", () => {
      chosen = root.dataset.theme === "dark" ? "light" : "dark";
      try {
        localStorage.setItem("theme", chosen);
      } catch {
        // It then holds for this page alone.
      }
      paint();
    });

    // One switch folds or shows the code of all pages and is remembered; the first mark of a section
    // shows that section's.
    const all = document.querySelector("button.all-code");
    const code = document.querySelectorAll("details.above-input");
    if (all && code.length) {
      const show = (open) => {
        root.dataset.code = open ? "shown" : "";
        code.forEach((one) => {
          one.open = open;
        });
      };
      let kept = null;
      try {
        kept = localStorage.getItem("code");
      } catch {
        // Then every page begins folded.
      }
      if (kept === "shown") show(true);
      all.hidden = false;
      all.addEventListener("click", () => {
        const open = root.dataset.code !== "shown";
        show(open);
        try {
          localStorage.setItem("code", open ? "shown" : "folded");
        } catch {
          // It then holds for this page alone.
        }
      });
      code.forEach((one) => {
        one.addEventListener("toggle", () => {
          one.closest("section").querySelectorAll(":scope > .cell > details").forEach((other) => {
            other.open = one.open;
          });
        });
      });
    }

    // Ctrl+K (or ⌘K) goes to the search and Escape back, but where no search is shown.
    const search = document.querySelector("form.search input");
    let before = null;
    document.addEventListener("keydown", (event) => {
      const asked = (event.ctrlKey || event.metaKey) && event.key === "k";
      if (asked && search.offsetParent) {
        event.preventDefault();
        before = document.activeElement;
        search.focus();
      } else if (event.key === "Escape" && event.target === search) {
        search.blur();
        if (before) before.focus();
      }
    });

    // The contents lie over the text: they close when the keyboard leaves them.
    const contents = document.getElementById("pages");
    document.addEventListener("focusin", ({ target }) => {
      if (!contents.hidePopover || contents.contains(target) || !target.matches(":focus-visible")) return;
      if (contents.matches(":popover-open")) contents.hidePopover();
    });

    // What scrolls sideways is reached by keyboard, and only what does.
    const frames = new ResizeObserver((seen) => {
      for (const { target } of seen) {
        if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
        else target.removeAttribute("tabindex");
      }
    });
    document.querySelectorAll(".table-frame, pre[tabindex]").forEach((frame) => frames.observe(frame));

    // The glossary can be narrowed to the terms that hold some letters.
    const seek = document.querySelector(".seek");
    const narrow = () => {
      const letters = seek.querySelector("input").value.trim().toLowerCase();
      let number = 0;
      document.querySelectorAll("#glossary dt").forEach((term) => {
        const told = term.nextElementSibling;
        const holds = `${term.textContent} ${told.textContent}`.toLowerCase().includes(letters);
        term.hidden = told.hidden = !holds;
        number += holds ? 1 : 0;
      });
      const found = counted("{number} term {number}个词条", "{number} terms {number}个词条", number);
      seek.querySelector("span[role]").textContent = letters ? found : "";
    };
    if (seek) {
      seek.hidden = false;
      seek.addEventListener("input", narrow);
    }

    // A link into a folded part opens it.
    const reveal = () => {
      let name = location.hash.slice(1);
      try {
        name = decodeURIComponent(name);
      } catch {
        // Broken after the mark, as in #%: it names nothing here.
      }
      const goal = document.getElementById(name);
      let fold = goal && goal.closest("details:not([open])");
      while (fold) {
        fold.open = true;
        fold = fold.parentElement.closest("details:not([open])");
      }
      if (goal && goal.hidden) {
        seek.querySelector("input").value = "";
        narrow();
      }
      if (goal) goal.scrollIntoView();
    };
    window.addEventListener("hashchange", reveal);
    reveal();
  });
})();
