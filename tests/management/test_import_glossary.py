"""`manage.py import_glossary`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from items.models import Concept

pytestmark = pytest.mark.django_db


def run(path, **options):
    out = StringIO()
    call_command("import_glossary", str(path), stdout=out, **options)
    return out.getvalue()


def test_terms_come_in_with_a_line_for_each_row(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("slug,label_en,related\nreturn,return,nothing\nbad slug,x,\n")
    assert "A dry run" in run(file, dry_run=True)
    assert not Concept.objects.exists()
    said = run(file)
    assert "line 2: created: return\n    Left out:" in said
    assert "line 3: rejected: x\n" in said
    assert "2 terms: 1 created, 0 updated, 0 unchanged, 1 rejected." in said
    assert [c.slug for c in Concept.objects.all()] == ["return"]


def test_what_cannot_be_read_is_said(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "none.csv")
    (tmp_path / "x.ttl").write_text("nonsense")
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "x.ttl")
