"""A program of its own: reads a document as HTML from its input, and writes it as PDF (PDF/UA-1, ISO 14289-1).

Run by `items.briefing.document`, never imported. A process of its own gives its memory back when it ends, can be
stopped when it takes too long, and spares the site's processes a library that few of their answers need.

The arguments are the style sheet and the folder of fonts. Nothing else is read, and nothing is fetched: security: the
document holds texts that others wrote.
"""

import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher


class OnlyFonts(URLFetcher):
    """Opens files of one folder by their names, whatever else an address says."""

    def __init__(self, folder: Path):
        super().__init__(allowed_protocols=["file"])
        self.folder = folder

    def fetch(self, url, headers=None):
        name = url.rsplit("/", 1)[-1]
        if url != f"font:///{name}" or not name.endswith(".woff2"):
            raise ValueError(f"Not a font of this site: {url}")
        return super().fetch((self.folder / name).as_uri(), headers)


def main() -> None:
    style, fonts = (Path(argument).resolve() for argument in sys.argv[1:3])
    fetcher = OnlyFonts(fonts)
    document = HTML(string=sys.stdin.buffer.read().decode(), base_url="font:///", url_fetcher=fetcher)
    known = FontConfiguration()
    sheet = CSS(string=style.read_text("utf-8"), base_url="font:///", url_fetcher=fetcher, font_config=known)
    document.write_pdf(sys.stdout.buffer, stylesheets=[sheet], font_config=known, pdf_variant="pdf/ua-1", pdf_tags=True)


if __name__ == "__main__":
    main()
