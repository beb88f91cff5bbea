"""What is stored is clean, by whatever path it came."""

import pytest
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Upper
from hypothesis import given
from hypothesis import strategies as st

from items.models import Item, ItemType, Keyword, Theme
from items.models.fields import clean_body, clean_line, clean_text
from tests.builders import AT, make_item, make_keyword, make_term

DIRTY = {
    "title": ("A \x00title\n of\u2028two\tlines\x01 ", "A title of two lines"),
    "summary": ("One\r\ntwo\x0b\x1f\ufffe", "One\ntwo"),
    "body": ('<p onclick="x()">Hi<script>alert(1)</script> <a href="javascript:x">y</a>\x02</p>', None),
}
CLEAN_BODY = '<p>Hi <a rel="noopener">y</a></p>'


def by_save(item, values):
    for name, value in values.items():
        setattr(item, name, value)
    item.save()
    assert {name: getattr(item, name) for name in values} == {
        name: getattr(Item.objects.get(pk=item.pk), name) for name in values
    }


def by_bulk_create(item, values):
    fields = {"type": item.type, "status": "approved", "publish_at": AT, "pk": item.pk}
    item.delete()
    Item.objects.bulk_create([Item(**fields, **values)])


def by_bulk_update(item, values):
    for name, value in values.items():
        setattr(item, name, value)
    Item.objects.bulk_update([item], list(values))


PATHS = {
    "save": by_save,
    "update": lambda item, values: Item.objects.filter(pk=item.pk).update(**values),
    "bulk_create": by_bulk_create,
    "bulk_update": by_bulk_update,
    "update_or_create": lambda item, values: Item.objects.update_or_create(pk=item.pk, defaults=values),
}


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_every_path_into_the_database_cleans(path):
    item = make_item()
    pk = item.pk
    PATHS[path](item, {name: dirty for name, (dirty, _) in DIRTY.items()})
    stored = Item.objects.get(pk=pk)
    assert stored.title == DIRTY["title"][1]
    assert stored.summary == DIRTY["summary"][1]
    assert stored.body == CLEAN_BODY


SCRIPT = Value("<script>alert(1)</script>")


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("field", ["title", "summary", "body", "withdrawal_reason"])
@pytest.mark.parametrize("expression", [SCRIPT, F("slug"), Concat("body", SCRIPT), Upper(SCRIPT)], ids=repr)
def test_no_path_takes_an_expression_that_nothing_could_clean(path, field, expression):
    item = make_item()
    with pytest.raises(TypeError, match=field), transaction.atomic():
        PATHS[path](item, {field: expression})
    assert "script" not in str(Item.objects.values().first() or "")


@pytest.mark.django_db
def test_other_fields_take_expressions():
    item = make_item(publish_at=AT)
    Item.objects.filter(pk=item.pk).update(created_at=F("publish_at"), title="Plain")
    assert Item.objects.values_list("created_at", "title").get() == (AT, "Plain")


@pytest.mark.django_db
def test_a_change_in_bulk_moves_the_time_of_change(clock):
    item = make_item()
    clock.now = AT.replace(hour=15)
    Item.objects.filter(pk=item.pk).update(title="x")
    assert Item.objects.get().updated_at == clock.now
    clock.now = AT.replace(hour=16)
    Item.objects.bulk_update([item], ["title"])
    assert Item.objects.get().updated_at == clock.now


@pytest.mark.django_db
def test_names_and_labels_are_one_clean_line():
    keyword = make_keyword("zebra\n\x00 crossing")
    assert Keyword.objects.get(pk=keyword.pk).name == "zebra crossing"
    for model in (Theme, ItemType):
        term = make_term(model, "dirty-term", labels={"en": " A\x01 \nb ", "fr": " "})
        assert model.objects.get(pk=term.pk).labels == {"en": "A b"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", ""),
        ("One.\nTwo.\n\nThree & four < five.", "<p>One.<br>Two.</p>\n<p>Three &amp; four &lt; five.</p>"),
        ("<p>Kept <strong>as</strong> it is.</p>", "<p>Kept <strong>as</strong> it is.</p>"),
        ('<a href="https://x.example">x</a>', '<a href="https://x.example" rel="noopener">x</a>'),
        ('<a href="data:text/html,x">x</a>', '<a rel="noopener">x</a>'),
        ('<a href=" java\tscript:x">x</a>', '<a rel="noopener">x</a>'),
        ('<iframe src="https://x.example"></iframe><img src=x onerror=y><style>p{}</style>', ""),
        ('<p style="color:red" class="x" id="y">z</p>', "<p>z</p>"),
        ("<svg><script>x</script></svg><math><mi>y</mi></math>", None),
    ],
)
def test_a_body_keeps_what_it_may(body, expected):
    cleaned = clean_body(body)
    assert expected is None or cleaned == expected
    assert "<script" not in cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert "\n" not in clean_line(text)


PIECES = [
    "<p>",
    "</p>",
    "<script>",
    "</script>",
    "&lt;",
    "&",
    "&amp",
    "<",
    ">",
    "a",
    " ",
    "\n\n",
    "<b",
    '"',
    "<!--",
    "\xa0",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_cleaning_a_body_twice_changes_nothing_more(body):
    assert clean_body(clean_body(body)) == clean_body(body)
    assert "<script" not in clean_body(body)
