"""People at the desk, and forms filled in as a browser would."""

from django.contrib.auth.models import Group, User

from items.models import Item, ItemType, Source, Theme
from tests.builders import make_term

ADD = "/admin/items/item/add/"
ROLES = ["Author", "Editor", "Administrator"]


def make_person(name, *groups, **overrides):
    """A person who may sign in to the desk."""
    person = User.objects.create_user(name, password="secret", **{"is_staff": True, **overrides})
    person.groups.set(Group.objects.get(name=group) for group in groups)
    return person


def filled(**overrides):
    """What the form of an item sends; None leaves a field out."""
    values = {
        "language": "en",
        "type": make_term(ItemType, "news-item").pk,
        "title": "A title",
        "summary": "A summary.",
        "body": "",
        "keywords": "",
        "publication_date": "",
        "publish_at_0": "",
        "publish_at_1": "",
        "expire_at_0": "",
        "expire_at_1": "",
        "withdrawal_reason": "",
        "slug": "",
        "source": "",
        "source_url": "",
        "picture": "",
        "translation_of": "",
        "event-TOTAL_FORMS": "0",
        "event-INITIAL_FORMS": "0",
        "attachments-TOTAL_FORMS": "0",
        "attachments-INITIAL_FORMS": "0",
        "tables-TOTAL_FORMS": "0",
        "tables-INITIAL_FORMS": "0",
        **overrides,
    }
    # As somebody who proposes every new word on purpose; an empty list leaves that to be asked.
    words = str(values["keywords"] or "").split(",")
    values.setdefault("keywords_propose", [word.strip(' "') for word in words if word.strip()])
    return {name: value for name, value in values.items() if value is not None}


def ready(**overrides):
    """What else an item needs so that the checklist lets it appear."""
    return {"themes": [make_term(Theme, "reception").pk], "source": make_term(Source, "iom").pk, **overrides}


def moment(name, day, time):
    """The two inputs of a moment."""
    return {f"{name}_0": day, f"{name}_1": time}


def change_url(item):
    """The address of an item's form."""
    return f"/admin/items/item/{item.pk}/change/"


def add(client, **overrides):
    """Send the form of a new item; gives the item, or the errors by field."""
    before = set(Item.objects.values_list("pk", flat=True))
    response = client.post(ADD, filled(**overrides))
    return outcome(response, Item.objects.exclude(pk__in=before).first())


def change(client, item, **overrides):
    """Send the form of a stored item; gives the item, or the errors by field."""
    values = {"title": item.title, "language": item.language, "slug": item.slug, **overrides}
    if item.publish_at and "publish_at_0" not in overrides:
        values |= moment("publish_at", f"{item.publish_at:%Y-%m-%d}", "12:00")
    return outcome(client.post(change_url(item), filled(**values)), item)


def outcome(response, item):
    """The item as stored, or the form's errors when it was refused."""
    if response.status_code == 302:
        item.refresh_from_db()
        return item
    assert response.status_code == 200, response.status_code
    form = response.context["adminform"].form
    errors = {name: " ".join(messages) for name, messages in form.errors.items()}
    for formset in response.context["inline_admin_formsets"]:
        for row in formset.formset.errors:
            errors |= {name: " ".join(messages) for name, messages in row.items()}
    assert errors
    return errors


def event(**overrides):
    """The inputs of event details."""
    values = {
        "starts_at_0": "2026-09-10", "starts_at_1": "09:30", "ends_at_0": "", "ends_at_1": "",
        "place": "", "online_url": "", "registration_url": "", **overrides,
    }  # fmt: skip
    return {"event-TOTAL_FORMS": "1", **{f"event-0-{name}": value for name, value in values.items()}}


# --- Publishing ----------------------------------------------------------------------------------------------------
