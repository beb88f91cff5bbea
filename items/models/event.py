"""Event details: when and where."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from items.models.change import Change, Logged
from items.models.fields import LineField
from items.models.item import Item


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

    class Meta:
        verbose_name = _("event details")
        verbose_name_plural = _("event details")
        indexes = [models.Index(fields=["starts_at"], name="items_event_starts")]
        constraints = [
            Logged(kind=Change.Kind.ITEM, column="item_id", name="items_event_logged"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="items_event_ends_after_start",
                violation_error_message=_("An event ends after it starts."),
            ),
        ]

    def __str__(self):
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"

    @property
    def start_date(self):
        """The local date of the first day."""
        return timezone.localdate(self.starts_at)

    @property
    def end_date(self):
        """The local date of the last day."""
        return timezone.localdate(self.ends_at or self.starts_at)
