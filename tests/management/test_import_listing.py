"""The command: what it prints, what it refuses, and the seed listing where there is one."""

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from items.models import Item, ItemType, Source, Theme
from tests.builders import make_term

FILES = Path(__file__).parents[1] / "imports" / "files"
SEED = settings.BASE_DIR.parent / "shared" / "seeds" / "emn-belgium-news-listing.txt"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _terms():
    for slug in ("news-item", "event", "ad-hoc-query"):
        make_term(ItemType, slug, labels={"en": slug.replace("-", " ")})
    make_term(Theme, "asylum")
    make_term(Theme, "reception")


def run(*args):
    out = io.StringIO()
    call_command("import_listing", *map(str, args), stdout=out)
    return out.getvalue()


def report(*args):
    return json.loads(run(*args, "--json"))


def test_the_report_for_people_has_a_line_for_each_entry_and_its_problems(capsys):
    lines = run(FILES / "labelled_en.txt").splitlines()
    assert lines[0].startswith("Left out as an introduction: These are the latest")
    assert lines[1] == "line 3: created: The harbour town opened a second shelter last week"
    assert any(line.startswith("    ") and "May 2018" in line for line in lines)
    assert lines[-1] == "5 entries: 5 created, 0 updated, 0 unchanged, 0 rejected."
    assert capsys.readouterr().err == ""


def test_the_report_for_programs_has_these_fields_and_nothing_else():
    answer = report(FILES / "labelled_en.txt")
    first, event = answer["items"][0], answer["items"][3]
    assert list(answer) == ["entries", "created", "updated", "unchanged", "rejected", "items"]
    assert [answer[key] for key in list(answer)[:5]] == [5, 5, 0, 0, 0]
    assert first == {
        "line": 3,
        "result": "created",
        "id": Item.objects.get(summary__startswith="The harbour").pk,
        "publication_date": "2023-07-18",
        "summary": "The harbour town opened a second shelter last week. It offers eighty beds to families.",
        "themes": ["asylum", "reception"],
        "type": "ad-hoc-query",
        "keywords": ["shelter", "harbour town"],
        "when": None,
        "problems": [],
    }
    assert (event["when"], event["type"], event["publication_date"]) == ("2021-03-17", "event", None)
    assert all(isinstance(problem, str) for item in answer["items"] for problem in item["problems"])


def test_a_second_run_and_a_thin_copy_change_nothing():
    report(FILES / "labelled_en.txt")
    assert report(FILES / "labelled_en.txt")["unchanged"] == 5
    assert report(FILES / "thin.txt")["unchanged"] == 2


def test_options_set_language_source_and_status():
    make_term(Source, "iom", labels={"en": "International Organization for Migration (IOM)"})
    run(
        FILES / "labelled_fr.txt",
        "--language",
        "fr",
        "--publish",
        "--source",
        "international organization for migration",
    )
    for item in Item.objects.all():
        assert (item.language, item.status, item.source.slug) == ("fr", Item.Status.APPROVED, "iom")
        assert item.publish_at is not None


def test_a_dry_run_says_so_and_writes_nothing():
    assert "nothing was written" in run(FILES / "labelled_en.txt", "--dry-run").splitlines()[-1]
    answer = report(FILES / "labelled_en.txt", "--dry-run")
    assert (answer["created"], {item["id"] for item in answer["items"]}) == (5, {None})
    assert not Item.objects.exists()


def test_standard_input_is_read_for_a_dash(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"Publication date:\n\nA text.")))
    assert report("-")["created"] == 1


@pytest.mark.parametrize(
    ("data", "options", "reason"),
    [
        (None, [], "does not exist"),
        (b"", [], "empty"),
        (b"%PDF-1.4", [], "not a text file"),
        (b"- - -\n", [], "no entries"),
        (b"A text.", ["--language", "xx"], "language"),
        (b"A text.", ["--source", "Nobody at all"], "source"),
    ],
)
def test_what_cannot_be_imported_is_refused_and_changes_nothing(tmp_path, data, options, reason):
    path = tmp_path / "listing.txt"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(CommandError, match=reason) as refusal:
        run(path, *options)
    assert "\n" not in str(refusal.value)
    assert refusal.value.returncode == 1
    assert not Item.objects.exists()


@pytest.mark.skipif(not SEED.exists(), reason="the seed listing is not in this checkout")
def test_the_seed_listing_comes_in_once():
    answer = report(SEED, "--publish")
    assert (answer["entries"], answer["created"]) == (25, 25)
    assert [item["problems"] for item in answer["items"]] == [[]] * 25
    assert not Item.objects.filter(publication_date__isnull=False).exists()
    counts = [Item.objects.filter(themes__slug=slug).count() for slug in ("reception", "data-statistics")]
    assert counts == [2, 3]
    assert Theme.objects.tree().family(Theme.objects.get(slug="cross-sectional").pk) >= {
        Theme.objects.get(slug=slug).pk for slug in ("data-statistics", "vulnerable-groups")
    }
    assert Item.objects.filter(themes__slug="cross-sectional").count() == 2
    assert Item.objects.filter(themes__slug="vulnerable-groups").count() == 1
    assert Item.objects.filter(keywords__name="solidarity").count() == 1
    assert report(SEED, "--publish")["unchanged"] == 25
