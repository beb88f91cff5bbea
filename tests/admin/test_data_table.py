"""Tables of figures on the form of an item: uploaded, pasted, refused with reasons, and never lost on the way."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from items.models import DataTable
from tests.admin.forms import ADD, add, change, change_url, filled
from tests.builders import make_item, make_table

pytestmark = pytest.mark.django_db
MONTHS = "Month;Applications\n2026-01;3 120\n2026-02;2 940"


def row(number=0, **values):
    """The inputs of one table."""
    given = {"caption": "Applications", "text": MONTHS, "position": "0", **values}
    return {f"tables-{number}-{name}": value for name, value in given.items()}


def sent(*rows, stored=0):
    found = {"tables-TOTAL_FORMS": str(len(rows)), "tables-INITIAL_FORMS": str(stored)}
    for values in rows:
        found |= values
    return found


def file(content, name="first_applications.csv"):
    return SimpleUploadedFile(name, content)


def test_pasted_figures_become_a_table(editor):
    table = add(editor, **sent(row(unit="persons", chart="bar"))).tables.get()
    assert (table.caption, table.unit, table.chart) == ("Applications", "persons", "bar")
    assert [r["cells"] for r in table.data["rows"]] == [["3120"], ["2940"]]


def test_an_uploaded_file_becomes_a_table_named_after_it(editor):
    upload = file("Année;Élèves\r\n2025;1,5\r\n2026;2\r\n".encode("utf-16"))
    table = add(editor, **sent(row(caption="", text="", upload=upload))).tables.get()
    assert (table.caption, table.text) == ("first applications", "Année;Élèves\n2025;1,5\n2026;2\n")
    assert table.data["columns"][0]["name"] == "Élèves"


def test_what_is_wrong_is_said_by_row_and_column_and_stays_in_the_box(editor):
    upload = file(b"Month;A\n2026-01;many\n2026-02;few\n")
    response = editor.post(ADD, filled(**sent(row(text="", upload=upload))))
    assert not DataTable.objects.exists()
    html = response.content.decode()
    assert "Row 2, column B (A): “many” is no number" in html
    assert "Row 3, column B (A): “few” is no number" in html
    assert "2026-02;few" in html


def test_many_errors_are_counted_and_not_all_listed(editor):
    text = "Name;A\n" + "\n".join(f"n{number};x" for number in range(50))
    errors = add(editor, **sent(row(text=text)))
    assert errors["text"].count("is no number") == 20
    assert "And 30 more." in errors["text"]


def test_a_doubtful_decimal_sign_is_asked_about_and_answered(editor):
    text = "Year;A\n2025;1.234\n2026;5.678"
    assert "Say which sign begins the decimals" in add(editor, **sent(row(text=text)))["text"]
    table = add(editor, **sent(row(text=text, decimals="comma"))).tables.get()
    assert table.data["rows"][0]["cells"] == ["1234"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "", "upload": SimpleUploadedFile("a.csv", b"\0\1\2\3")}, "upload"),
        ({"caption": ""}, "caption"),
        ({"text": "Country;A\nBelgium;1", "chart": "line"}, "chart"),
    ],
)
def test_what_cannot_be_taken_is_said_where_it_stands(editor, values, field):
    assert list(add(editor, **sent(row(**values)))) == [field]


def test_a_stored_table_is_changed_and_taken_away(editor):
    item = make_item(status="draft", publish_at=None)
    table = make_table(item)
    stored = {"id": table.pk, "item": item.pk}
    changed = change(editor, item, **sent(row(**stored, text="Year;B\n2026;7"), stored=1))
    assert changed.tables.get().data["columns"][0]["name"] == "B"
    change(editor, item, **sent(row(**stored, DELETE="on"), stored=1))
    assert not item.tables.exists()


def test_a_table_that_begins_with_an_empty_corner_keeps_it(editor):
    table = add(editor, **sent(row(text="\t2025\t2026\nBelgium\t1\t2"))).tables.get()
    assert (table.data["label"], len(table.data["columns"])) == ("", 2)


@pytest.mark.parametrize("role", ["Author", "Editor", "Administrator"])
def test_everybody_who_writes_items_writes_their_tables(sign_in, role):
    assert add(sign_in(role), **sent(row())).tables.count() == 1


def test_who_may_only_look_sees_the_figures(sign_in):
    item = make_item()
    make_table(item)
    html = sign_in("Author").get(change_url(item)).content.decode()
    assert "2026-02;2 940" in html
    assert 'name="tables-0-text"' not in html
    assert 'type="file" name="tables' not in html


def test_the_preview_shows_what_is_typed_and_what_is_wrong_leaves_what_is_stored(editor):
    item = make_item(status="draft", publish_at=None)
    table = make_table(item, caption="As stored")
    address = f"/admin/items/item/{item.pk}/preview/typed/"
    stored = {"id": table.pk, "item": item.pk}
    typed = filled(title=item.title, **sent(row(**stored, caption="As typed"), row(1, caption="New"), stored=1))
    html = editor.post(address, typed).content.decode()
    assert "As typed" in html
    assert ">New<" in html
    wrong = filled(title=item.title, **sent(row(**stored, caption="Typed wrongly", text="x"), stored=1))
    assert "As stored" in editor.post(address, wrong).content.decode()
    assert "New" in editor.post("/admin/items/item/preview/typed/", filled(**sent(row(caption="New")))).content.decode()
    assert item.tables.get().caption == "As stored"


def test_the_file_of_a_draft_is_given_to_who_previews_it_and_to_nobody_else(editor, client):
    item = make_item(status="draft", publish_at=None)
    table = make_table(item)
    html = editor.get(f"/admin/items/item/{item.pk}/preview/page/").content.decode()
    address = f"/news/{item.pk}/tables/{table.pk}/applications.csv"
    begin = html.index(f"{address}?grant=")
    granted = html[begin : html.index('"', begin)]
    client.logout()
    assert client.get(address).status_code == 404
    response = client.get(granted)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
