"""Every address of the desk, by everybody: what is answered to looking (GET) and to sending (POST).

The addresses come from the URL resolver. One that the table below does not name fails a test, so that none is
forgotten.

**To add an address** write a line into `TABLE`: its name in the resolver (its route, where it has no name), then the
statuses that a newcomer (at the desk, without a group), an Author, an Editor and an Administrator are answered, for GET
and for POST. A POST here sends nothing but the form's token: an address that would do something answers as it does to
an empty form. `desk("app_model", ...)` writes the usual lines of a model. Where an address holds something else than
the primary key of its model, say in `sample()` what to put there. Whoever may not enter the desk at all (nobody signed
in, an account that is closed, an account of no colleague) is tested everywhere, without a word in the table, and led to
the way in, unless `OPEN` names the address.
"""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls.resolvers import URLResolver
from django.utils import timezone

from items import models
from items.models.item import RULES
from tests.admin.forms import make_person
from tests.builders import make_image, make_item, make_keyword, make_term

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("media")]

OUTSIDE = ["nobody", "closed", "outsider"]
INSIDE = ["newcomer", "Author", "Editor", "Administrator"]
METHODS = ["GET", "POST"]

ALL, SIGHTED, GOVERNING, ADMINISTRATORS, NONE = "++++", "-+++", "--++", "---+", "----"
"""Who of INSIDE may, in words for the table."""


def answers(who: str, may: int = 200, may_not: int = 403) -> str:
    """Statuses for those who may (+) and those who may not (-)."""
    return " ".join(str(may if one == "+" else may_not) for one in who)


def desk(name: str, *, see: str, add: str, change: str, delete: str) -> dict[str, tuple[str, str]]:
    """The lines of a model as Django's admin has them."""
    either = "".join("+" if "+" in pair else "-" for pair in zip(see, change, strict=True))
    app, model = name.split("_")
    return {
        f"{name}_changelist": (answers(either), answers(either)),
        f"{name}_add": (answers(add), answers(add)),
        f"{name}_change": (answers(either), answers(change)),
        f"{name}_delete": (answers(delete), answers(delete)),
        f"{name}_history": (answers(either), answers(either)),
        f"{app}/{model}/<path:object_id>/": (answers(ALL, 302), answers(ALL, 302)),
    }


def both(statuses: str) -> tuple[str, str]:
    """The same for GET and POST."""
    return statuses, statuses


def sending(who: str, may: int = 200, may_not: int = 403) -> tuple[str, str]:
    """For sending only."""
    return answers(ALL, 405), answers(who, may, may_not)


def reading(who: str, may: int = 200) -> tuple[str, str]:
    """For looking only."""
    return answers(who, may), answers(ALL, 405)


TABLE: dict[str, tuple[str, str]] = {
    # --- The desk itself
    "index": both(answers(ALL)),
    "calendar": reading(SIGHTED),
    "app_list": both("404 200 200 200"),
    "autocomplete": reading(NONE),  # asked for nothing, it refuses everybody
    "jsi18n": reading(ALL),
    "login": both(answers(ALL, 302)),
    "logout": (answers(ALL, 405), answers(ALL, 302)),
    "password_change": both(answers(ALL, 302)),
    "password_change_done": reading(ALL),
    "view_on_site": both(answers(ALL, 302)),
    "(?P<url>.*)$": both(answers(ALL, 404)),
    # --- Items: a published one that somebody else began
    **desk("items_item", see=SIGHTED, add=SIGHTED, change=GOVERNING, delete=NONE),
    # The verbs: GET leads to the form. Their matrix is in tests/models/test_workflow.py and test_access.py. A verb that
    # the person may not do is refused (403); one that the item does not allow now, or that lacks words, is told (302).
    "items_item_submit": (answers(SIGHTED, 302), answers(GOVERNING, 302)),
    "items_item_return": (answers(SIGHTED, 302), answers(GOVERNING, 302)),
    "items_item_approve": (answers(SIGHTED, 302), answers(GOVERNING, 302)),
    "items_item_send_back": (answers(SIGHTED, 302), answers(GOVERNING, 302)),
    "items_item_withdraw": (answers(SIGHTED, 302), answers(GOVERNING, 302)),
    "items_item_prepare_update": (answers(SIGHTED, 302), answers(GOVERNING, 302)),
    "items_item_discard": (answers(SIGHTED, 302), answers(GOVERNING, 302)),
    "items_item_reinstate": (answers(SIGHTED, 302), answers(GOVERNING, 302)),
    "items_item_remove": (answers(SIGHTED, 302), answers(GOVERNING, 302)),
    # Into English, which there is: that is told, and the form opens again.
    "items_item_translate": both(answers(SIGHTED, 302)),
    "items_item_duplicate": both(answers(SIGHTED, 302)),
    "items_item_preview": reading(SIGHTED),
    "items_item_preview_page": reading(SIGHTED),
    "items_item_preview_typed": (answers(ALL, 405), answers(GOVERNING)),
    "items_item_preview_new": (answers(ALL, 405), answers(SIGHTED)),
    # A link is made for what readers have not met; for this item that is refused in words.
    "items_item_links": (answers(SIGHTED, 302), answers(GOVERNING, 302)),
    "items_item_link_targets": reading(SIGHTED),
    "items_item_comment": both(answers(SIGHTED, 302)),
    "items_item_people": reading(SIGHTED),
    "items_item_csv": reading(SIGHTED),
    "items_item_quick": both(answers(SIGHTED)),
    "items_item_keywords": reading(SIGHTED),
    "items_item_attachment": reading(SIGHTED),
    "items_item_checklist": sending(SIGHTED),
    "items_item_checklist_of": sending(SIGHTED, may_not=404),
    "items_item_duplicates": sending(SIGHTED),
    "items_item_duplicates_of": sending(SIGHTED, may_not=404),
    "items_item_autosave": sending(SIGHTED, 400),
    "items_item_autosave_of": sending(GOVERNING, 400),
    "items_item_unsaved": (answers(ALL, 404), answers(ALL, 405)),  # nobody's but one's own
    "items_item_compare": reading(SIGHTED, 302),
    "items_item_restore": sending(SIGHTED, 404),  # of no version
    "items_item_presence": sending(SIGHTED),
    # --- Pictures
    **desk("items_image", see=SIGHTED, add=SIGHTED, change=GOVERNING, delete=GOVERNING),
    "items_image_file": reading(SIGHTED),
    "items_image_find": reading(SIGHTED),
    "items_image_quick": sending(SIGHTED, 400),
    # --- Vocabulary
    **desk("items_keyword", see=SIGHTED, add=GOVERNING, change=GOVERNING, delete=GOVERNING),
    **desk("items_theme", see=SIGHTED, add=ADMINISTRATORS, change=ADMINISTRATORS, delete=ADMINISTRATORS),
    **desk("items_itemtype", see=SIGHTED, add=ADMINISTRATORS, change=ADMINISTRATORS, delete=ADMINISTRATORS),
    **desk("items_source", see=SIGHTED, add=ADMINISTRATORS, change=ADMINISTRATORS, delete=ADMINISTRATORS),
    **desk("items_country", see=SIGHTED, add=NONE, change=NONE, delete=NONE),
    **desk("items_searchmiss", see=GOVERNING, add=NONE, change=NONE, delete=NONE),
    **desk("items_concept", see=SIGHTED, add=GOVERNING, change=GOVERNING, delete=GOVERNING),
    "items_concept_import": both(answers(GOVERNING)),
    "items_keyword_proposals": (answers(GOVERNING), answers(GOVERNING, 302)),
    "items_keyword_twins": (answers(GOVERNING), answers(GOVERNING, 302)),
    "items_keyword_refuse": both(answers(GOVERNING, 302)),
    "items_keyword_retag": both(answers(GOVERNING)),
    "items_keyword_split": both(answers(GOVERNING)),
    "items_keyword_merge": both(answers(GOVERNING, 404)),  # of no words
    "items_theme_merge": both(answers(ADMINISTRATORS, 404)),
    "items_itemtype_merge": both(answers(ADMINISTRATORS, 404)),
    "items_source_merge": both(answers(ADMINISTRATORS, 404)),
    "items_keyword_rename": both(answers(GOVERNING)),
    "items_theme_rename": both(answers(ADMINISTRATORS)),
    "items_itemtype_rename": both(answers(ADMINISTRATORS)),
    "items_source_rename": both(answers(ADMINISTRATORS)),
    **desk("items_vocabularychange", see=GOVERNING, add=NONE, change=NONE, delete=NONE),
    "items_vocabularychange_changelist": (answers(GOVERNING), answers(GOVERNING, 404)),  # undoing no change
    "items_vocabularychange_change": both(answers(ALL, 302)),
    "items_vocabularychange_history": both(answers(ALL, 404)),
    # --- The checklist's rules
    **desk("items_checklistrule", see=GOVERNING, add=NONE, change=NONE, delete=NONE),
    "items_checklistrule_changelist": (answers(GOVERNING), answers(ADMINISTRATORS)),
    "items_checklistrule_change": both(answers(ALL, 302)),  # to all rules
    # --- The site: its one row stands already
    **desk("items_sitesettings", see=ADMINISTRATORS, add=NONE, change=ADMINISTRATORS, delete=NONE),
    "items_sitesettings_changelist": both(answers(ADMINISTRATORS, 302)),  # to the one form
    **desk("items_page", see=GOVERNING, add=GOVERNING, change=GOVERNING, delete=ADMINISTRATORS),
    # --- People
    **desk("auth_user", see=ADMINISTRATORS, add=NONE, change=ADMINISTRATORS, delete=ADMINISTRATORS),
    **desk("auth_group", see=ADMINISTRATORS, add=NONE, change=NONE, delete=NONE),
    "auth_user_password_change": both(answers(ADMINISTRATORS)),
    **desk("items_invitation", see=ADMINISTRATORS, add=ADMINISTRATORS, change=NONE, delete=NONE),
    **desk("items_signin", see=ADMINISTRATORS, add=NONE, change=NONE, delete=NONE),
}

OPEN: dict[str, tuple[str, str]] = {
    "login": both("302 302 403"),  # to the way in; a colleague of nobody's who is signed in stays outside
}
"""Addresses that answer those OUTSIDE otherwise than by leading to the way in, with these statuses."""


def walk(patterns, prefix=""):
    """(key, route) of every address."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        else:
            yield pattern.name or route, route


ADDRESSES = dict(walk(admin.site.urls[0]))


def make_objects() -> dict[str, object]:
    """Something of each model, by `app/model`. Whoever adds a model to the desk adds one here."""
    item = make_item(publish_at=timezone.now(), themes=["reception"], source="iom")
    models.Attachment.objects.create(item=item, title="Report", file=ContentFile(b"%PDF-1.7", name="report.pdf"))
    return {
        "items/item": item,
        "items/keyword": make_keyword("matrix"),
        "items/theme": make_term(models.Theme, "matrix"),
        "items/itemtype": make_term(models.ItemType, "matrix"),
        "items/source": make_term(models.Source, "matrix"),
        "items/concept": make_term(models.Concept, "matrix"),
        "items/country": models.Country.objects.get_or_create(code="be")[0],
        "items/image": make_image(),
        "items/checklistrule": models.ChecklistRule.objects.create(code="matrix", level="off"),
        "items/invitation": models.Invitation.objects.create(
            email="matrix@example.org", role=Group.objects.get(name="Author"), expires_at=timezone.now()
        ),
        "items/signin": models.SignIn.objects.create(how="password", succeeded=True),
        "items/vocabularychange": models.VocabularyChange.objects.create(facet="keyword", verb="rename"),
        "items/searchmiss": models.SearchMiss.objects.create(day=timezone.localdate(), words="matrix"),
        "items/sitesettings": models.SiteSettings.objects.create(),
        "items/page": models.Page.objects.create(),
        "auth/user": User.objects.create_user("somebody"),
        "auth/group": Group.objects.get(name="Author"),
    }


def sample(route: str, name: str, objects: dict) -> object:
    """What to put into an address for a part of this name."""
    item = objects["items/item"]
    special = {
        "attachment_pk": item.attachments.get().pk,
        "content_type_id": ContentType.objects.get_for_model(item).pk,
        "app_label": "items",
        "url": "no-such-page/",
        "language": "en",
    }
    if name in special:
        return special[name]
    if route.startswith("r/"):
        return item.pk
    return objects["/".join(route.split("/")[:2])].pk


def address(route: str, objects: dict) -> str:
    """A route with its parts filled in."""
    plain = route.removeprefix("^").removesuffix("$")
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", plain)
    return "/admin/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(sample(route, part[1], objects)), plain)


def everybody() -> dict[str, User | None]:
    return {
        "nobody": None,
        "closed": make_person("closed", "Administrator", is_active=False),
        "outsider": make_person("outsider", "Administrator", is_staff=False),
        "newcomer": make_person("newcomer"),
        **{role: make_person(role.lower(), role) for role in INSIDE[1:]},
    }


def ask(person: User | None, method: str, path: str):
    """What a person is answered; whatever it did is undone."""
    client = Client()
    if person:
        client.force_login(person)
    with transaction.atomic():
        response = getattr(client, method.lower())(path)
        if response.streaming:
            b"".join(response)
        transaction.set_rollback(True)
    return response


def test_no_two_addresses_have_one_name():
    keys = [key for key, _route in walk(admin.site.urls[0])]
    assert [key for key in keys if keys.count(key) > 1] == []


def test_the_table_names_every_address_and_nothing_else():
    assert sorted(set(ADDRESSES) - set(TABLE)) == [], "new addresses: see the top of this file"
    assert sorted(set(TABLE) - set(ADDRESSES)) == [], "these are no addresses any more"
    assert {f"items_item_{verb}" for verb in RULES} <= set(TABLE)


@pytest.mark.parametrize("key", sorted(ADDRESSES))
def test_everybody_is_answered_as_the_table_says(key):
    objects, people = make_objects(), everybody()
    path = address(ADDRESSES[key], objects)
    found = {method: " ".join(str(ask(people[who], method, path).status_code) for who in INSIDE) for method in METHODS}
    assert (found["GET"], found["POST"]) == TABLE[key], path


@pytest.mark.parametrize("key", sorted(ADDRESSES))
def test_nobody_enters_who_is_no_colleague(key):
    objects, people = make_objects(), everybody()
    path = address(ADDRESSES[key], objects)
    for number, method in enumerate(METHODS):
        found = [ask(people[who], method, path) for who in OUTSIDE]
        if key in OPEN:
            assert " ".join(str(response.status_code) for response in found) == OPEN[key][number], method
        else:
            # Out of the desk: to the way in, or, where one leaves it, to its front, which leads there.
            assert [response.status_code for response in found] == [302, 302, 302], method
            ways = {response["Location"].partition("?")[0] for response in found}
            assert ways <= {"/admin/login/", "/accounts/login/", "/admin/"}, method
