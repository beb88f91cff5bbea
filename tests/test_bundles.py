"""Style sheets and scripts that are sent as one file each."""

from pathlib import Path

from django.contrib.staticfiles import finders

from newsroom.bundles import BUNDLES, bundle

ROOT = Path(__file__).parent.parent

ALONE = {"css/review.css", "css/components/account.css", "css/components/api.css"}
"""Sheets of pages that few see."""


def test_every_part_is_in_a_bundle_and_is_there():
    static = ROOT / "static"
    written = {str(path.relative_to(static)) for folder in ("css", "js") for path in (static / folder).rglob("*.*s*")}
    assert {part for parts in BUNDLES.values() for part in parts} == written - ALONE


def test_a_bundle_is_found_as_a_file_and_follows_its_parts(settings, tmp_path):
    folder = tmp_path / "static"
    for part in BUNDLES["js/site.js"]:
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        (folder / part).write_text("// said to who reads\nlet a = 1;\n")
    found = finders.find("js/site.js")
    before = Path(found).read_text(encoding="utf-8")
    settings.BASE_DIR = tmp_path
    assert finders.find("js/site.js") == found
    after = Path(found).read_text(encoding="utf-8")
    assert after != before
    assert "said to who reads" not in after
    assert after.count("let a=1;") == len(BUNDLES["js/site.js"])
    settings.BASE_DIR = ROOT
    assert Path(finders.find("js/site.js")).read_text(encoding="utf-8") == before


def test_what_is_for_paper_stays_for_paper():
    assert "@media print{@layer print" in bundle("css/site.css")
