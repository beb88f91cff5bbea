"""The style sheet that is sent says the same as the parts it is made of, as a browser reads both."""

from pathlib import Path

import pytest

from newsroom.bundles import BUNDLES

pytestmark = pytest.mark.browser
STATIC = Path(__file__).resolve().parent.parent.parent / "static"

SELECTORS = """text => {
  const found = new Set();
  const split = (list) => {
    let depth = 0, one = "";
    for (const letter of list + ",") {
      depth += letter === "(" || letter === "[" ? 1 : letter === ")" || letter === "]" ? -1 : 0;
      if (letter === "," && depth === 0) { found.add(one.trim()); one = ""; } else { one += letter; }
    }
  };
  const walk = (rules) => {
    for (const rule of rules) {
      if (rule.selectorText) split(rule.selectorText);
      if (rule.cssRules) walk(rule.cssRules);
    }
  };
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  walk(sheet.cssRules);
  return [...found].sort();
}"""


@pytest.mark.parametrize("path", [path for path in BUNDLES if path.endswith(".css")])
def test_a_bundle_has_the_selectors_of_its_parts(open_page, site, path):
    page = open_page("/")
    href = page.locator(f"link[rel=stylesheet][href*='{Path(path).stem}.']").first.get_attribute("href")
    sent = page.request.get(href).text()
    written = [(STATIC / part).read_text(encoding="utf-8") for part in BUNDLES[path]]
    expected = set().union(*(page.evaluate(SELECTORS, text) for text in written))
    assert len(expected) > 300
    assert set(page.evaluate(SELECTORS, sent)) == expected
