"""Stories that go on: an item follows another, updates it, or is the same release in another form.

What hangs together is a thread. Its entries are translation groups, not items: a story goes on in all languages at
once. Each entry but the first comes after one other entry; several may come after the same, so that a thread is a tree,
which readers are shown in the order of time.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from items.models.activity import Activity, Verb
from items.models.change import Change, Logged
from items.models.item.record import Record, Refused
from items.models.item.status import Status


class Relation(models.TextChoices):
    """What an entry is to the one that it comes after."""

    FOLLOWS = "follows", pgettext_lazy("this item … another", "follows")
    UPDATES = "updates", pgettext_lazy("this item … another", "updates")
    SAME = "same", pgettext_lazy("this item … another", "is the same release, in another form, as")


class StoryEntry(models.Model):
    """A translation group in a thread. The first of a thread comes after nothing."""

    group = models.UUIDField(unique=True, editable=False)
    thread = models.UUIDField(db_index=True, editable=False)  # the group of the first
    after = models.ForeignKey("self", null=True, blank=True, on_delete=models.RESTRICT, related_name="later")
    relation = models.CharField(gettext_lazy("relation"), max_length=10, choices=Relation.choices, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = gettext_lazy("part of a story")
        verbose_name_plural = gettext_lazy("stories")
        constraints = [
            Logged(kind=Change.Kind.THREAD, name="items_storyentry_logged"),
            models.CheckConstraint(
                condition=Q(after__isnull=True, relation="")
                | Q(after__isnull=False, relation__in=["follows", "updates", "same"]),
                name="items_storyentry_relation_to_another",
            ),
            models.CheckConstraint(
                condition=Q(after__isnull=True) | ~Q(after=models.F("id")), name="items_storyentry_not_after_itself"
            ),
        ]

    def __str__(self):
        return str(self.group)


class Stories(Record):
    """What an item does in a story."""

    translation_group: Any

    class Meta:
        abstract = True

    def story_entry(self) -> StoryEntry | None:
        """The item's entry, with the one that it comes after; None for an item that is in no story."""
        return StoryEntry.objects.select_related("after").filter(group=self.translation_group).first()

    def continue_story(self, other: Any, relation: str, *, by, at: datetime) -> Activity:
        """Let the item, in all its languages, come after another; in place of what it came after until now."""
        self._may_be_told(by)
        with transaction.atomic():
            self._refuse_place(other, relation)
            mine, theirs = _locked(self.translation_group, other.translation_group)
            self.check_story(other, relation)
            threads = {mine.thread, theirs.thread}
            mine.after, mine.relation = theirs, relation
            mine.save()
            _put_in_order(threads)
            words = f"{Relation(relation).label} “{other}”"
            return self.log(Verb.THREAD, by=by, at=at, text=words)

    def check_story(self, other: Any, relation: str) -> None:
        """Raise `Refused` where the item cannot come after another, by the form's fields `story_after` and so on."""
        self._refuse_place(other, relation)
        found = StoryEntry.objects.filter(group__in=[self.translation_group, other.translation_group])
        entries = {entry.group: entry for entry in found}
        mine, theirs = entries.get(self.translation_group), entries.get(other.translation_group)
        if mine and theirs and _comes_after(theirs, mine):
            message = _("“%(title)s” comes after this item already: the story would go in a circle.")
            raise Refused({"story_after": message % {"title": other}})

    def _refuse_place(self, other: Any, relation: str) -> None:
        if relation not in Relation.values:
            raise Refused({"story_relation": _("Say what it is to the other item.")})
        if other.update_of_id or other.status == Status.REMOVED:
            raise Refused({"story_after": _("Choose another item: this one is none that readers will have.")})
        if other.translation_group == self.translation_group:
            raise Refused({"story_after": _("An item does not come after itself. Choose an earlier one.")})

    def leave_story(self, *, by, at: datetime) -> Activity | None:
        """Let the item come after nothing any more. What comes after it stays with it. None where nothing changes."""
        self._may_be_told(by)
        with transaction.atomic():
            entry = StoryEntry.objects.select_for_update().filter(group=self.translation_group).first()
            if entry is None or entry.after_id is None:
                return None
            entry.after, entry.relation = None, ""
            entry.save()
            _put_in_order({entry.thread})
            return self.log(Verb.THREAD, by=by, at=at, text=_("It comes after no other item any more."))

    def _may_be_told(self, by) -> None:
        if by is not None and not self.may_be_changed(by):  # type: ignore[attr-defined]
            raise PermissionDenied
        if self.update_of_id:
            raise Refused(_("This is an update in the making: the published item has its place in the story."))


def _locked(*groups: UUID) -> list[StoryEntry]:
    """The entries of groups, made where there are none, with all of their threads under a lock."""
    for group in sorted(groups):
        StoryEntry.objects.get_or_create(group=group, defaults={"thread": group})
    # Whoever ties the same two threads together, in whichever direction, waits here for the other.
    threads = StoryEntry.objects.filter(group__in=groups).values("thread")
    found = StoryEntry.objects.select_for_update().filter(thread__in=threads).order_by("pk")
    entries = {entry.group: entry for entry in found}
    return [entries[group] for group in groups]


def _comes_after(entry: StoryEntry, other: StoryEntry) -> bool:
    """Whether an entry comes after another, be it by way of others."""
    above = dict(StoryEntry.objects.filter(thread=entry.thread).values_list("pk", "after"))
    key: int | None = entry.pk
    while key is not None and key != other.pk:
        key = above.pop(key, None)
    return key == other.pk


def _put_in_order(threads: Iterable[UUID]) -> None:
    """After entries of these threads were tied or parted: say of each in which thread it is now."""
    entries = {entry.pk: entry for entry in StoryEntry.objects.filter(thread__in=threads)}
    parents = {entry.after_id for entry in entries.values()}
    for entry in entries.values():
        if entry.after_id is None and entry.pk not in parents:
            entry.delete()  # alone, it is no story
            continue
        first = entry
        while first.after_id is not None:
            first = entries[first.after_id]
        if entry.thread != first.group:
            entry.thread = first.group
            entry.save(update_fields=["thread"])


def _close_up(entry: StoryEntry) -> None:
    """Take an entry out: what came after it comes after what it came after."""
    later = list(entry.later.order_by("pk"))
    above, relation = entry.after, entry.relation
    for number, one in enumerate(later):
        if above is None:
            # The first is gone, so the next begins the story, and the others come after that one.
            one.after, one.relation = (later[0], one.relation) if number else (None, "")
        else:
            # What updated something that only followed on is to the rest what that was.
            one.after = above
            one.relation = one.relation if one.relation != Relation.SAME else relation
        one.save()
    threads = {entry.thread}
    entry.delete()
    _put_in_order(threads)


def _entry_without_items(model: Any, group: UUID) -> StoryEntry | None:
    entry = StoryEntry.objects.select_for_update().filter(group=group).first()
    if entry is None or model._default_manager.filter(translation_group=group).exists():
        return None
    return entry


@receiver(post_delete, sender="items.Item")
def leave_when_deleted(sender, instance: Any, **kwargs) -> None:
    """The last version of an entry has been deleted: the thread closes up."""
    with transaction.atomic():
        if entry := _entry_without_items(sender, instance.translation_group):
            _close_up(entry)


@receiver(post_save, sender="items.Item")
def move_with_group(sender, instance: Any, raw: bool = False, **kwargs) -> None:
    """An item that becomes a translation of another brings its place in a story along, if that one has none."""
    before = getattr(instance, "_group_before", None)
    instance._group_before = None
    if raw or before is None or before == instance.translation_group:
        return
    entry = _entry_without_items(sender, before)
    if entry is None:
        return
    if StoryEntry.objects.filter(group=instance.translation_group).exists():
        _close_up(entry)
        return
    threads = {entry.thread}
    entry.group = instance.translation_group
    entry.save(update_fields=["group"])
    _put_in_order(threads)
