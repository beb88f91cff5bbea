"""Event details, on the form of their item."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from items.admin.item.fields import URLS
from items.admin.item.moment import MomentField
from items.models import Event


class EventForm(forms.ModelForm):
    """When and where. An event of whole days needs no times."""

    starts_at = MomentField(label=_("Starts"), time_optional=True)
    ends_at = MomentField(
        label=_("Ends"),
        time_optional=True,
        required=False,
        help_text=_("Leave empty when it is not known, or for an event of one whole day."),
    )

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()  # the inline names them
        labels = {"all_day": _("All day: only the dates count")}
        help_texts = {"place": _("Building, street, town."), "online_url": _("Where to take part online.")}

    def _has_time(self, name: str) -> bool:
        widget = self.fields[name].widget
        parts = widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        return bool(parts and len(parts) > 1 and parts[1])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("starts_at", "ends_at"):
            if self.instance.pk and name in data and name not in self.changed_data:
                data[name] = self.initial.get(name)  # to the microsecond, which no form shows
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if not data.get("all_day"):
            for name in ("starts_at", "ends_at"):
                if data.get(name) and not self._has_time(name):
                    self.add_error(name, _("Say at what time, or tick “all day”."))
        if not starts or not ends or self.has_error("starts_at") or self.has_error("ends_at"):
            return data
        if data.get("all_day") and timezone.localdate(ends) == timezone.localdate(starts):
            data["ends_at"] = None  # one whole day
        elif ends <= starts:
            self.add_error("ends_at", _("The event must end after it starts."))
        return data


class EventInline(admin.StackedInline):
    """At most one, folded away while there is none."""

    model = Event
    form = EventForm
    fields = ["all_day", "starts_at", "ends_at", "place", "online_url", "registration_url", "is_cancelled"]
    formfield_overrides = URLS
    max_num = 1
    extra = 1
    verbose_name_plural = _("event details (only for events)")

    def has_delete_permission(self, request, obj=None):
        # Who may write the item may also take its parts away again.
        return self.has_change_permission(request, obj)
