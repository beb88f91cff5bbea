"""The shipped vocabulary and the three editor groups.

Adds what is missing and changes nothing that is there: editors own the vocabulary from the first day on.
Going back deletes nothing, because items may use the words; `migrate items zero` drops the tables anyway.
"""

import json
from pathlib import Path

from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.models import Q

from items.models.country import iso_codes

VOCABULARY = json.loads(Path(__file__).with_name("vocabulary.json").read_text(encoding="utf-8"))

CONTENT = ["item", "event", "attachment"]
KEYWORDS = ["keyword", "keywordalias"]
OTHER_VOCABULARY = [
    "theme", "themealias", "itemtype", "itemtypealias", "source", "sourcealias", "country",
]  # fmt: skip
ALL = ["add", "change", "delete", "view"]


def _permissions(app, actions, models):
    return {(app, f"{action}_{model}") for model in models for action in actions}


_editor = (
    _permissions("items", ALL, CONTENT)
    | {("items", "approve_item"), ("items", "withdraw_item")}
    | _permissions("items", ALL, KEYWORDS)
    | _permissions("items", ["view"], OTHER_VOCABULARY)
)
# What each group may do. An author proposes a keyword by writing it into an item; no permission on keywords is asked.
GROUPS = {
    "Author": _permissions("items", ["add", "change", "view"], CONTENT)
    | _permissions("items", ["view"], KEYWORDS + OTHER_VOCABULARY),
    "Editor": _editor,
    "Administrator": _editor
    | _permissions("items", ALL, OTHER_VOCABULARY)
    | _permissions("auth", ALL, ["user", "group"]),
}


def _ensure(apps, model, row, **values):
    """The term of this slug, or the one this slug has been turned into, made when there is neither."""
    terms, aliases = apps.get_model("items", model), apps.get_model("items", f"{model}Alias")
    if alias := aliases.objects.filter(slug=row["slug"]).select_related("term").first():
        return alias.term
    term, _ = terms.objects.get_or_create(slug=row["slug"], defaults={"labels": row["labels"], **values})
    return term


def _load_tree(apps, model, rows):
    terms = {}
    for position, row in enumerate(rows):
        terms[row["slug"]] = _ensure(apps, model, row, parent=terms.get(row.get("parent")), position=position)


def _load_keywords(apps, rows):
    keywords, aliases = apps.get_model("items", "Keyword"), apps.get_model("items", "KeywordAlias")
    for row in rows:
        keyword = keywords.objects.filter(name__iexact=row["name"]).first() or _ensure(
            apps, "Keyword", row, name=row["name"], status="approved"
        )
        for alias in row["aliases"]:
            if not keywords.objects.filter(Q(slug=alias["slug"]) | Q(name__iexact=alias["name"])).exists():
                aliases.objects.get_or_create(slug=alias["slug"], defaults={"name": alias["name"], "term": keyword})


def load_vocabulary(apps, schema_editor):
    _load_tree(apps, "Theme", VOCABULARY["themes"])
    _load_tree(apps, "ItemType", VOCABULARY["types"])
    for row in VOCABULARY["sources"]:
        _ensure(apps, "Source", row, website=row.get("website", ""))
    _load_keywords(apps, VOCABULARY["keywords"])
    country = apps.get_model("items", "Country")
    country.objects.bulk_create([country(code=code) for code in iso_codes()], ignore_conflicts=True)


def make_groups(apps, schema_editor):
    database = schema_editor.connection.alias
    # Permissions are made after all migrations; the groups need them now. The stub of an app in a migration has no
    # models module, which `create_permissions` takes for an app without models.
    for label in ("items", "auth"):
        app_config = apps.get_app_config(label)
        app_config.models_module = True
        create_permissions(app_config, apps=apps, verbosity=0, using=database)
        app_config.models_module = None

    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    by_name = {
        (p.content_type.app_label, p.codename): p
        for p in permission.objects.filter(content_type__app_label__in=["items", "auth"]).select_related("content_type")
    }
    for name, wanted in GROUPS.items():
        group.objects.get_or_create(name=name)[0].permissions.add(*(by_name[key] for key in sorted(wanted)))


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(load_vocabulary, migrations.RunPython.noop),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
