"""Style sheets and scripts that are written in parts and sent as one file each.

A finder of static files: `collectstatic` collects the bundles as it does other files, and `runserver` finds them too.
"""

from pathlib import Path

import lightningcss
import rjsmin
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

COMPONENTS = [
    "entry", "filters", "search", "story", "terms", "figures", "glossary", "events", "follow", "briefing", "standing",
]  # fmt: skip
SCRIPTS = ["tables", "sheet", "find", "show-all", "listing", "combobox", "copy"]
BUNDLES = {
    "css/site.css": [
        "css/tokens.css",
        "css/base.css",
        "css/layout.css",
        *(f"css/components/{name}.css" for name in COMPONENTS),
        "css/print.css",
    ],
    "js/site.js": [f"js/{name}.js" for name in SCRIPTS],
}
"""Parts in the order in which they count; addresses in them are relative to the bundle's folder."""
MEDIA = {"css/print.css": "print"}


def bundle(path: str) -> str:
    """The text of a bundle, without comments and blank space."""
    root = settings.BASE_DIR / "static"
    minified = []
    for part in BUNDLES[path]:
        text = (root / part).read_text(encoding="utf-8")
        if part.endswith(".js"):
            minified.append(rjsmin.jsmin(text) + ";")
        else:
            text = f"@media {MEDIA[part]} {{{text}}}" if part in MEDIA else text
            minified.append(lightningcss.process_stylesheet(text, filename=part, minify=True))
    return "\n".join(minified) + "\n"


class BundleFinder(BaseFinder):
    """Makes the bundles when they are looked for, in a folder of `var/`."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "bundles")

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        """The absolute path of a bundle, made anew; nothing for other files."""
        if path not in BUNDLES:
            return []
        target = Path(self.storage.path(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        text = bundle(path)
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
        return [str(target)] if find_all else str(target)

    def list(self, ignore_patterns):
        for path in BUNDLES:
            self.find(path)
            yield path, self.storage
