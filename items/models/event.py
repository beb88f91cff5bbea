"""Event details: when and where, whether it still takes place, and how often that changed."""

from django.db import models
from django.db.models import F, Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from items.models.change import Change, Logged
from items.models.fields import LineField
from items.models.item import Item
from items.models.trigger import TriggerConstraint


class SequenceRaised(TriggerConstraint):
    """`sequence` goes up by one when one of `columns` changes, and never down, whoever writes (RFC 5545, 3.8.7.4)."""

    def __init__(self, *, columns: list[str], name: str, **kwargs):
        super().__init__(name=name, **kwargs)
        self.columns = columns

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "columns": self.columns}

    def sqlite(self):
        differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in self.columns)
        return [
            f"CREATE TRIGGER %(name)s_raise AFTER UPDATE ON %(table)s WHEN {differs} BEGIN "
            "UPDATE %(table)s SET sequence = MAX(OLD.sequence, NEW.sequence) + 1 WHERE item_id = NEW.item_id; END",
            # What a form or a shell read before another writer raised it must not bring it back.
            f"CREATE TRIGGER %(name)s_keep AFTER UPDATE ON %(table)s WHEN NEW.sequence < OLD.sequence "
            f"AND NOT ({differs}) BEGIN "
            "UPDATE %(table)s SET sequence = OLD.sequence WHERE item_id = NEW.item_id; END",
        ]

    def postgresql(self):
        differs = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in self.columns)
        return [
            "CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "NEW.sequence := GREATEST(OLD.sequence, NEW.sequence); "
            f"IF {differs} THEN NEW.sequence := NEW.sequence + 1; END IF; "
            "RETURN NEW; END $$",
            "CREATE TRIGGER %(name)s BEFORE UPDATE ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(name)s()",
        ]


class EventQuerySet(models.QuerySet):
    """Event details, changed in bulk."""

    def update(self, **kwargs):
        """Change rows; `updated_at` of their items moves with them, as it does in `save()`."""
        pks = list(self.values_list("pk", flat=True))
        changed = super().update(**kwargs)
        Item.objects.filter(pk__in=pks).update()
        return changed

    update.alters_data = True  # type: ignore[attr-defined]


class Event(models.Model):
    """The when and where of an item that is an event.

    Of an all-day event only the local dates count, the last day included: `ends_at` is any instant of that day,
    or empty for an event of one day.
    """

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="event", primary_key=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    all_day = models.BooleanField(_("all day"), default=False)
    place = LineField(_("place"), max_length=300, blank=True)
    online_url = models.URLField(_("online address"), blank=True, max_length=1000)
    registration_url = models.URLField(_("registration address"), blank=True, max_length=1000)
    is_cancelled = models.BooleanField(
        _("cancelled"), default=False, help_text=_("The event stays in every list and calendar, marked as cancelled.")
    )
    is_withdrawn = models.BooleanField(default=False, editable=False)  # as its item; here so that `sequence` sees it
    sequence = models.PositiveIntegerField(default=0, editable=False)
    moved_from = models.DateTimeField(null=True, editable=False)  # the start that readers were told last, if another

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event details")
        verbose_name_plural = _("event details")
        indexes = [
            models.Index(fields=["starts_at"], name="items_event_starts"),
            models.Index(fields=["ends_at"], name="items_event_ends"),
        ]
        constraints = [
            Logged(kind=Change.Kind.ITEM, column="item_id", name="items_event_logged"),
            SequenceRaised(
                columns=["starts_at", "ends_at", "all_day", "place", "online_url", "is_cancelled", "is_withdrawn"],
                name="items_event_sequence",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="items_event_ends_after_start",
                violation_error_message=_("An event ends after it starts."),
            ),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    def save(self, *args, **kwargs):
        """Save; the item's `updated_at` moves with it, and `sequence` reads as the database raised it.

        The start that readers knew stays in `moved_from` when it is changed, until it is what it was.
        """
        is_new = self._state.adding
        if is_new:
            self.is_withdrawn = self.item.is_withdrawn
        elif self.item.has_appeared(timezone.now()):
            self._note_move()
        super().save(*args, **kwargs)
        if not is_new:
            self.refresh_from_db(fields=["sequence"])
            Item.objects.filter(pk=self.item_id).update()

    def _note_move(self) -> None:
        before = Event.objects.filter(pk=self.pk).values_list("starts_at", flat=True).first()
        if before is None or self._is_same_start(before):
            return
        stays = self.moved_from is not None and self._is_same_start(self.moved_from)
        self.moved_from = None if stays else before

    def _is_same_start(self, other) -> bool:
        if self.all_day:
            return timezone.localdate(other) == timezone.localdate(self.starts_at)
        return other == self.starts_at

    @property
    def is_moved(self) -> bool:
        """Whether readers were told of another start before this one."""
        return self.moved_from is not None

    @property
    def start_date(self):
        """The local date of the first day."""
        return timezone.localdate(self.starts_at)

    @property
    def end_date(self):
        """The local date of the last day."""
        return timezone.localdate(self.ends_at or self.starts_at)


@receiver(post_save, sender=Item)
def follow_withdrawal(instance: Item, raw: bool = False, **kwargs) -> None:
    """Let a withdrawn event's `sequence` rise, so that calendars take its cancellation for the newer word."""
    if not raw:
        stale = Event.objects.filter(pk=instance.pk).exclude(is_withdrawn=instance.is_withdrawn)
        models.QuerySet.update(stale, is_withdrawn=instance.is_withdrawn)
