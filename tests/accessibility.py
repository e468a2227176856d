"""Axe, which finds what a screen reader would miss, with a better memory."""

from axe_playwright_python.sync_playwright import Axe

#: Axe keeps each part of a colour in a weak map of its own, and makes a colour for each
#: background below each word. As properties of the colour they are found in half the time.
_QUICK = """((WeakMap, WeakSet) => {
%s
})(...Array(2).fill(class {
  #name = Symbol();
  has(what) { return this.#name in what; }
  get(what) { return what[this.#name]; }
  set(what, value) { what[this.#name] = value; return this; }
  add(what) { return this.set(what, true); }
}))"""
#: Axe reads the text of a colour again each time. What a text has been read as once is what it is
#: read as again.
_REMEMBER = """() => {
  const colour = axe.commons.color.Color.prototype;
  const read = colour.parseString;
  const known = new Map();
  colour.parseString = function (text) {
    if (!known.has(text)) {
      read.call(this, text);
      known.set(text, [this.r, this.g, this.b, this.alpha]);
    }
    [this.r, this.g, this.b, this.alpha] = known.get(text);
    return this;
  };
}"""
#: The rules that look at colours: all that another scheme of colours can break.
COLOURS = ("color-contrast", "link-in-text-block")
_RUN = "rules => axe.run({resultTypes: ['violations'], ...(rules ? {runOnly: rules} : {})})"


def findings(tab, rules=()):
    """All that axe says of the page in a tab, or what some of its rules say."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(_QUICK % Axe().axe_script)
        tab.evaluate(_REMEMBER)
    return tab.evaluate(_RUN, list(rules) or None)


def violations(tab, rules=()):
    """What axe finds wrong: (rule, the first place)."""
    return [(v["id"], v["nodes"][0]["html"][:120]) for v in findings(tab, rules)["violations"]]
