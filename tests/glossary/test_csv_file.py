"""Glossaries as tables, as spreadsheets write them."""

import pytest

from items.glossary import GlossaryFileError, read_file
from items.glossary.row import MOST_BYTES


def rows(text, encoding="utf-8"):
    return read_file("terms.csv", text.encode(encoding))


def test_every_column_is_read():
    head = "slug,uri,source,source_url,broader,related,label_en,synonyms_en,definition_en,label_fr"
    (row,) = rows(f'{head}\nx,urn:x,EMN,https://a.org/,b|c,d,"X, y",one|two,"It\nmeans",Ixe\n')
    assert (row.slug, row.uri, row.source_text, row.source_url) == ("x", "urn:x", "EMN", "https://a.org/")
    assert (row.broader, row.related) == (["b", "c"], ["d"])
    assert (row.labels, row.synonyms) == ({"en": "X, y", "fr": "Ixe"}, {"en": ["one", "two"]})
    assert row.definitions == {"en": "It\nmeans"}
    assert row.where == "line 3"


@pytest.mark.parametrize("divider", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_whatever_a_spreadsheet_writes_is_read(divider, encoding):
    (row,) = rows(f"slug{divider}label_en\r\nx{divider}Été\r\n\r\n{divider}\r\n", encoding)
    assert row.labels == {"en": "Été"}


def test_an_absent_column_is_not_stated_and_an_empty_cell_is():
    (row,) = rows("label_en,source\nX,\n")
    assert row.source_text == ""
    assert row.source_url is None
    assert row.broader is None
    assert row.synonyms == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("label_en,colour\nX,red\n", "Unknown columns: colour"),
        ("label_en,label_xx\nX,Y\n", "label_xx"),
        ("slug\nx\n", "label_en"),
        ("label_en,label_en\nX,Y\n", "twice"),
        ("", "label_en"),
        ('label_en\n"' + "x" * 140_000 + '"\n', "Line"),
    ],
)
def test_what_is_no_such_table_is_refused_with_the_reason(text, said):
    with pytest.raises(GlossaryFileError, match=said):
        rows(text)


def test_too_many_cells_make_a_problem_of_the_row():
    (row,) = rows("label_en\nX,Y\n")
    assert row.problems


def test_files_of_other_kinds_and_sizes_are_refused():
    for name, content in [("x.xlsx", b""), ("x", b""), ("x.csv", b"x" * (MOST_BYTES + 1))]:
        with pytest.raises(GlossaryFileError):
            read_file(name, content)
