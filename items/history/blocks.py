"""The HTML of a body as text that can be read and compared: one block for each paragraph, heading, entry or row."""

from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.translation import gettext_lazy as _

KINDS = {
    "h1": _("Heading"), "h2": _("Heading"), "h3": _("Heading, level 3"), "h4": _("Heading, level 4"),
    "li": _("List entry"), "blockquote": _("Quotation"), "tr": _("Table row"), "caption": _("Table caption"),
    "figcaption": _("Caption"), "pre": _("Preformatted"), "dt": _("Term"), "dd": _("Definition"), "img": _("Image"),
    "hr": _("Line"),
}  # fmt: skip
"""What a block is called, by its element; a paragraph needs no name."""
_BLOCKS = {"p", "div", "figure", "ul", "ol", "dl", "table", "thead", "tbody", "tfoot", *KINDS}
_CELLS = {"td", "th"}


@dataclass(frozen=True)
class Block:
    """A piece of text. `element` is "" for a paragraph."""

    text: str
    element: str = ""


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.around: list[str] = []  # block elements that are open
        self.text: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "br":
            self.text.append("\n")
        elif tag in _CELLS:
            self.text.append(" | " if "".join(self.text).strip() else "")
        elif tag == "a":
            self.links.append(values.get("href") or "")
        elif tag in ("img", "hr"):
            self._end()
            said = values.get("alt") or values.get("src") or ""
            self.blocks.append(Block(said if tag == "img" else "―", tag))
        elif tag in _BLOCKS:
            self._end()
            self.around.append(tag)
        # An image of the library is a figure that names it.
        if tag == "figure" and (image := values.get("data-image")):
            self.blocks.append(Block(f"#{image}", "img"))

    def handle_endtag(self, tag):
        if tag == "a" and self.links:
            href = self.links.pop()
            if href:
                self.text.append(f" <{href}>")
        elif tag in _BLOCKS and tag in self.around:
            self._end()
            while self.around.pop() != tag:
                pass

    def handle_data(self, data):
        self.text.append(data)

    def close(self):
        super().close()
        self._end()

    def _end(self):
        lines = "".join(self.text).split("\n") if "pre" in self.around else ["".join(self.text)]
        self.text = []
        element = next((tag for tag in reversed(self.around) if tag in KINDS), "")
        for line in lines:
            if text := " ".join(line.split()):
                self.blocks.append(Block(text, element))


def read_html(html: str) -> list[Block]:
    """The blocks of a body, in order. Links say where they lead; other marks within a line are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.blocks


def read_text(text: str) -> list[Block]:
    """The lines of a plain text that are not empty."""
    return [Block(line.strip()) for line in text.splitlines() if line.strip()]
