"""The three floors: imports run downward, doors never meet, and nothing first-party is imported inside a function.

The floors are those of the README's map. The rules are tested themselves on planted violations.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Lower number, lower floor. A module may import from lower floors and from its own room.
FLOORS = [
    ["models"],
    ["dates", "text", "mail", "months", "quotes"],
    ["tables"],
    [
        "accounts",
        "desk",
        "imports",
        "facets",
        "search",
        "calendars",
        "checklist",
        "duplicates",
        "glossary",
        "history",
        "images",
        "notices",
        "share",
        "spreadsheet",
        "threads",
        "vocabulary",
    ],
    ["demo", "filters"],
    ["drawing", "listing", "mentions", "related", "site", "websub"],
    ["agenda", "briefing"],
    ["http"],
    ["page"],
    ["views", "feeds", "api", "admin", "templatetags", "management"],
    ["urls", "apps", "checks"],
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
FORBIDDEN_NAMES = {"utils", "helpers", "services", "core", "common"}


def imports_of(tree: ast.AST):
    """(module, line, whether inside a function) for each import of first-party code."""

    def visit(node, inside):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ImportFrom) and child.level:
                yield "." * child.level + (child.module or ""), child.lineno, inside
            elif isinstance(child, ast.ImportFrom):
                # `from items import models` names a room just as `from items.models import Item` does.
                names = [f"items.{alias.name}" for alias in child.names] if child.module == "items" else [child.module]
                yield from ((name, child.lineno, inside) for name in names)
            elif isinstance(child, ast.Import):
                yield from ((alias.name, child.lineno, inside) for alias in child.names)
            yield from visit(child, inside or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda))

    for name, line, inside in visit(tree, False):
        if name.split(".")[0] in {"items", "newsroom", "tests", ""}:
            yield name, line, inside


def room_of(path: str) -> str:
    """`items/models/item.py` is in the room `models`, `items/listing.py` in `listing`."""
    return path.removeprefix("items/").split("/")[0].removesuffix(".py")


def violations(path: str, source: str) -> list[str]:
    """What a file of `items/` does against the rules, in words."""
    found = []
    room = room_of(path)
    if room == "migrations":
        return []
    if room != "__init__" and room not in FLOOR:
        found.append(f"{path}: the room {room!r} stands on no floor")
    if FORBIDDEN_NAMES & {part.removesuffix(".py") for part in path.split("/")}:
        found.append(f"{path}: a name that says nothing")
    for name, line, inside in imports_of(ast.parse(source)):
        where = f"{path}:{line}: {name}"
        if inside:
            found.append(f"{where}: imported inside a function")
        if name.startswith("."):
            found.append(f"{where}: relative import")
        elif name.startswith(("newsroom", "tests")):
            found.append(f"{where}: the app knows neither its project nor its tests")
        elif name.startswith("items.") and room in FLOOR:
            other = name.split(".")[1]
            if other != room and FLOOR.get(other, 99) >= FLOOR[room]:
                found.append(f"{where}: upward or sideways")
    return found


def test_every_file_keeps_to_its_floor():
    files = sorted((ROOT / "items").rglob("*.py"))
    assert len(files) > 20
    assert [v for f in files for v in violations(f.relative_to(ROOT).as_posix(), f.read_text())] == []


@pytest.mark.parametrize(
    ("path", "source", "complaint"),
    [
        ("items/models/item.py", "from items.listing import Listing", "upward"),
        ("items/models/item.py", "from items import listing", "upward"),
        ("items/models/item.py", "import items.views.item", "upward"),
        ("items/filters.py", "from items.listing import Listing", "upward"),
        ("items/imports/parse.py", "from items.filters import ItemFilter", "upward"),
        ("items/views/item.py", "from items.feeds.rss import rss", "sideways"),
        ("items/admin/item.py", "from items.views.page import render_page", "sideways"),
        ("items/management/commands/x.py", "import items.admin", "sideways"),
        ("items/listing.py", "def f():\n    from items.models import Item", "inside a function"),
        ("items/listing.py", "class A:\n    def f(self):\n        import items.models", "inside a function"),
        ("items/listing.py", "from .models import Item", "relative"),
        ("items/models/item.py", "from newsroom import settings", "project"),
        ("items/models/helpers.py", "", "says nothing"),
        ("items/core/x.py", "", "no floor"),
    ],
)
def test_a_planted_violation_is_found(path, source, complaint):
    assert any(complaint in violation for violation in violations(path, source))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("items/views/item.py", "from items.listing import Listing\nfrom items.views.page import render_page"),
        ("items/urls.py", "from items.views import item"),
        ("items/models/item.py", "def f():\n    import json"),
        ("items/listing.py", "from items.models import Item"),
    ],
)
def test_what_is_allowed_passes(path, source):
    assert violations(path, source) == []


def test_files_stay_short():
    long = {
        file.relative_to(ROOT).as_posix(): lines
        for folder in ("items", "newsroom")
        for file in (ROOT / folder).rglob("*.py")
        if "migrations" not in file.parts and (lines := len(file.read_text().splitlines())) > 310
    }
    assert long == {}


def test_whatever_drives_a_browser_is_marked_so():
    files = (ROOT / "tests" / "browser").glob("test_*.py")
    assert [file.name for file in files if "pytestmark = pytest.mark.browser" not in file.read_text()] == []
