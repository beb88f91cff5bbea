"""The desk of the glossary: its form, its list, and files brought in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from items.models import Concept
from tests.builders import make_term

pytestmark = pytest.mark.django_db
ADD, LIST, IMPORT = "/admin/items/concept/add/", "/admin/items/concept/", "/admin/items/concept/import/"


def filled(**overrides):
    names = [f"{kind}_{code}" for code in ("en", "fr", "nl", "de") for kind in ("label", "synonyms", "definition")]
    values = {"slug": "return", "source_text": "", "source_url": "", "uri": "", **dict.fromkeys(names, "")}
    return values | {"label_en": "return"} | overrides


def change(concept):
    return f"/admin/items/concept/{concept.pk}/change/"


def test_an_editor_adds_a_term_with_all_there_is_of_it(editor):
    other, more = make_term(Concept, "migration"), make_term(Concept, "detention")
    data = filled(label_fr="retour", synonyms_en="going back\n\nGoing back\nhome", definition_en="One.\r\nTwo.",
                  broader=[other.pk], related=[more.pk])  # fmt: skip
    assert editor.post(ADD, data).status_code == 302
    concept = Concept.objects.get(slug="return")
    assert concept.labels == {"en": "return", "fr": "retour"}
    assert concept.synonyms == {"en": ["going back", "home"]}
    assert concept.definitions == {"en": "One.\nTwo."}
    assert (list(concept.broader.all()), list(concept.related.all())) == ([other], [more])


def test_a_form_saved_as_it_was_opened_changes_nothing(editor):
    concept = make_term(Concept, "return", labels={"en": "return", "it": "ritorno"}, synonyms={"en": ["back"]})
    concept.relate(broader=[make_term(Concept, "migration")])
    form = editor.get(change(concept)).context["adminform"].form
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    response = editor.post(change(concept), data)
    assert response.status_code == 302, response.context["adminform"].form.errors
    concept.refresh_from_db()
    assert concept.labels == {"en": "return", "it": "ritorno"}
    assert concept.synonyms == {"en": ["back"]}
    assert [c.slug for c in concept.broader.all()] == ["migration"]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"label_en": ""}, "label_en"),
        ({"label_en": "Migration"}, "label_en"),
        ({"synonyms_fr": "x" * 201}, "synonyms_fr"),
        ({"source_url": "javascript:x"}, "source_url"),
        ({"slug": "migration"}, "slug"),
        ({"uri": "urn:1"}, "uri"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(editor, data, field):
    make_term(Concept, "migration", uri="urn:1")
    response = editor.post(ADD, filled(**data))
    errors = response.context["adminform"].form.errors
    assert field in errors or (field == "uri" and "__all__" in errors)


def test_a_circle_is_refused_beside_the_field(editor):
    parent = make_term(Concept, "return")
    child = make_term(Concept, "voluntary-return")
    child.relate(broader=[parent])
    response = editor.post(change(parent), filled(broader=[child.pk]))
    assert "broader" in response.context["adminform"].form.errors


def test_an_author_reads_and_does_not_write(sign_in):
    concept = make_term(Concept, "return", definitions={"en": "What it means."})
    author = sign_in("Author")
    page = author.get(change(concept))
    assert "What it means." in page.content.decode()
    assert author.post(change(concept), filled()).status_code == 403


def test_terms_are_found_by_any_of_their_words(editor):
    make_term(Concept, "return", labels={"en": "return", "fr": "retour"}, synonyms={"de": ["Rückführung"]})
    make_term(Concept, "other")
    for words in ("RETOUR", "ruckfuhrung", "retu"):
        found = editor.get(LIST, {"q": words}).context["cl"].result_list
        assert [c.slug for c in found] == ["return"]
    missing = editor.get(LIST, {"missing": "label-fr"}).context["cl"].result_list
    assert [c.slug for c in missing] == ["other"]


def test_the_list_asks_few_questions(editor, django_assert_max_num_queries):
    for number in range(30):
        make_term(Concept, f"term-{number}")
    with django_assert_max_num_queries(29):
        editor.get(LIST)
    with django_assert_max_num_queries(29):
        editor.get(change(Concept.objects.first()))


def upload(client, name, content, **data):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content), **data})


def test_a_file_is_brought_in_with_a_report_by_row(editor):
    content = b"slug,label_en\nreturn,return\n,\nbad slug,x\n"
    trial = upload(editor, "x.csv", content, dry_run="on").content.decode()
    assert not Concept.objects.exists()
    assert "nothing is stored yet" in trial
    page = upload(editor, "x.csv", content).content.decode()
    assert [c.slug for c in Concept.objects.all()] == ["return"]
    for words in ("line 2", "line 4", "Created: 1", "Refused: 1"):
        assert words in page


def test_a_file_that_cannot_be_read_is_refused_beside_the_field(editor):
    bomb = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    for name, content in [("x.rdf", bomb), ("x.exe", b"x"), ("x.ttl", b"nonsense")]:
        assert upload(editor, name, content).context["form"].errors["file"]
