"""Axe, which finds what a screen reader would miss, with a memory for colours."""

from axe_playwright_python.sync_playwright import Axe

#: Axe reads the text of a colour again for each background below each word, and most of its time
#: goes into that. What a text has been read as once is what it is read as again.
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
_RUN = "() => axe.run({resultTypes: ['violations']})"


def findings(tab):
    """All that axe says of the page in a tab."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(Axe().axe_script)
        tab.evaluate(_REMEMBER)
    return tab.evaluate(_RUN)


def violations(tab):
    """What axe finds wrong: (rule, the first place)."""
    return [(v["id"], v["nodes"][0]["html"][:120]) for v in findings(tab)["violations"]]
