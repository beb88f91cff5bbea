"""Translations of an item: begun from it as linked drafts, and told from it when it has changed since.

Items that say the same in other languages share a `translation_group`. Each of them may know which one it was
translated from, and which version of that one; what counts as changed is what a translation has to say as well.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F, Max
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from items.models.activity import Activity, Verb
from items.models.item import content
from items.models.item.history import plain, record, without_keys
from items.models.item.record import Record, Refused, performed, recorded
from items.models.item.status import Status
from items.models.language import default_language, language_codes, language_name

COUNTED = ("title", "summary", "body", "publication_date")
"""Fields whose change in the original wants a change of its translations; event details and tables are others."""
_RELATED = ("event", "tables")
SHARED = ("type", "source", "source_url", "source_key", "publication_date", "expire_at", "picture")
"""Fields that a translation begins with; its texts are to be written."""


class TranslatedFrom(models.Model):
    """Which item another was translated from, and what that one said then. `changed_at`: since when it says more."""

    item = models.OneToOneField(
        "items.Item", on_delete=models.CASCADE, primary_key=True, related_name="translated_from"
    )
    source = models.ForeignKey("items.Item", on_delete=models.CASCADE, related_name="translated_into")
    # Not a foreign key: versions are many, and the last save of an item may take one back.
    version = models.BigIntegerField(help_text="The history_id of the version that was translated.")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # fmt: skip
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["changed_at"],
                condition=models.Q(changed_at__isnull=False),
                name="items_translatedfrom_changed",
            )
        ]

    def __str__(self):
        return f"{self.item_id}: {self.source_id}"

    @classmethod
    def outdated(cls) -> models.QuerySet:
        """Those of translations whose original has changed since, and which are still tied to it."""
        tied = cls.objects.filter(source__translation_group=F("item__translation_group"))
        return tied.filter(changed_at__isnull=False)


class Translating(Record):
    """What an item is to its versions in other languages."""

    language: str
    translation_group: Any

    class Meta:
        abstract = True

    def missing_languages(self) -> list[str]:
        """The site's languages in which the item has no version, be it a draft; in the site's order."""
        items: Any = type(self)._default_manager
        group = items.filter(translation_group=self.translation_group)
        there = set(group.values_list("language", flat=True))
        return [code for code in language_codes() if code not in there]

    def translate_into(self, language: str, *, by, at: datetime) -> Any:
        """Begin the version in another language: a linked draft without texts, which is returned.

        It has the type, source, date, picture, themes, keywords, countries, event details and tables of this one.
        """
        if by is not None and not (by.has_perm("items.add_item") and by.has_perm("items.view_item")):
            raise PermissionDenied
        items: Any = type(self)._default_manager
        with transaction.atomic():
            original = items.select_for_update(of=("self",)).get(pk=self.pk)
            original._refuse_translation(language)
            draft = items.model(
                language=language,
                translation_group=original.translation_group,
                created_by=by,
                status=Status.DRAFT,
            )
            content.write_fields(original, draft, SHARED)
            draft.save()
            content.write_related(original, draft, (*content.SETS, "event"))
            content.copy_rows(original, draft, ["tables"], is_update=False)
            draft.translates(original, by=by, at=at)
            activity = draft.begin(by=by, at=at, text=_("Translation of “%(title)s”.") % {"title": original})
            original.log(Verb.TRANSLATE, by=by, at=at, text=language_name(language, default_language()))
            performed.send(type(draft), item=draft, activity=activity, also=[])
        return draft

    def _refuse_translation(self, language: str) -> None:
        if language not in language_codes():
            raise Refused(_("The site has no such language."))
        if self.update_of_id or self.status == Status.REMOVED:
            raise Refused(_("Translate the published item: this one is none that readers will have."))
        if language not in self.missing_languages():
            name = language_name(language, default_language())
            raise Refused(_("There is already a version in %(language)s.") % {"language": name})

    def translates(self, source: Any, *, by, at: datetime) -> None:
        """Remember that this item says what another says now."""
        record([source], at=at)  # what was changed in bulk has no version yet
        newest = source.own_versions().values_list("history_id", flat=True).first()
        TranslatedFrom.objects.update_or_create(
            item_id=self.pk,
            defaults={"source": source, "version": newest or 0, "at": at, "by": by, "changed_at": None},
        )

    def original(self) -> TranslatedFrom | None:
        """What the item was translated from; None where nobody knows, or they are tied no longer."""
        known = TranslatedFrom.objects.select_related("source").filter(item=self.update_of_id or self.pk).first()
        group = self.update_of.translation_group if self.update_of_id else self.translation_group
        return known if known is not None and known.source.translation_group == group else None

    def mark_translated(self, *, by, at: datetime) -> Activity:
        """Say that the translation is up to date with its original as that is now."""
        if by is not None and not (self.may_be_changed(by) or self.may_be_updated(by)):  # type: ignore[attr-defined]
            raise PermissionDenied
        known = self.original()
        if known is None:
            raise Refused(_("Nobody knows what this item was translated from."))
        live: Any = self.update_of or self
        with transaction.atomic():
            live.translates(known.source, by=by, at=at)
            return live.log(Verb.TRANSLATED, by=by, at=at, text=str(known.source))


def has_changed(before, after) -> bool:
    """Whether two versions of an item differ in what its translations have to say as well."""
    fields = {field.name: field for field in type(before).tracked_fields}
    for name in COUNTED:
        field = fields[name]
        if plain(field, getattr(before, field.attname)) != plain(field, getattr(after, field.attname)):
            return True
    if before.related.get("event") != after.related.get("event"):
        return True
    return without_keys(before.related, "tables") != without_keys(after.related, "tables")


@receiver(recorded)
def look_again(sender, items: Iterable[Any], at: datetime, **kwargs) -> None:
    """After versions of items were recorded: note at their translations whether they lag behind."""
    known = list(TranslatedFrom.objects.filter(source__in=[item.pk for item in items]))
    if not known:
        return
    versions: Any = sender.history.model.objects
    own = versions.filter(id__in={row.source_id for row in known}, update_of=None)
    newest = [row["newest"] for row in own.values("id").annotate(newest=Max("history_id")).order_by()]
    latest = {version.id: version for version in versions.filter(history_id__in=newest)}
    bases = versions.in_bulk({row.version for row in known}, field_name="history_id")
    for row in known:
        base, now = bases.get(row.version), latest.get(row.source_id)
        lags = base is not None and now is not None and has_changed(base, now)
        if lags != (row.changed_at is not None):
            row.changed_at = at if lags else None
            row.save(update_fields=["changed_at"])
