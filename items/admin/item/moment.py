"""Moments that editors type: with their zone beside them, and never guessed at when clocks change.

A local time that the change to summer time skips does not exist, and is refused. One that the change to winter time
repeats exists twice, and the form asks which is meant; the answer is an offset from UTC, kept in a third input.
"""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.forms.renderers import get_default_renderer
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from items import dates

YEARS = range(1000, 9999)
"""The years that can be typed. Beyond them moments have no place in other zones, and are written otherwise."""


def readings(naive: datetime, zone: tzinfo) -> list[datetime]:
    """The moments at which clocks in a zone show this time, in order: one, two, or none."""
    found: list[datetime] = []
    for fold in (0, 1):
        moment = naive.replace(tzinfo=zone, fold=fold)
        there_and_back = datetime.fromtimestamp(moment.timestamp(), zone).replace(tzinfo=None, fold=0)
        if there_and_back == naive and all(moment.utcoffset() != other.utcoffset() for other in found):
            found.append(moment)
    return found


def offset_of(moment: datetime) -> str:
    """The offset from UTC, such as "+02:00"."""
    return moment.isoformat()[-6:]


def zone_name() -> str:
    """The zone in which moments are typed."""
    return timezone.get_current_timezone_name()


class MomentWidget(AdminSplitDateTime):
    """A day and a time, both with a name that a screen reader can say, and the zone; where needed, which of two."""

    def name_parts(self, label) -> None:
        """Name the inputs after the field."""
        self.label = label
        parts = (_("date"), format_lazy(_("time in {}"), zone_name()))
        for widget, part in zip(self.widgets, parts, strict=True):
            widget.attrs["aria-label"] = format_lazy("{}: {}", label, part)

    def decompress(self, value) -> Any:
        if not value:
            return [None, None, ""]
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        naive = local.replace(tzinfo=None, fold=0)
        is_double = timezone.is_aware(value) and bool(_doubles(naive.date(), naive.time()))
        return [naive.date(), naive.time(), offset_of(local) if is_double else ""]

    def value_from_datadict(self, data, files, name):
        return [*super().value_from_datadict(data, files, name), data.get(f"{name}_2", "")]

    def value_omitted_from_data(self, data, files, name):
        return super().value_omitted_from_data(data, files, name) and f"{name}_2" not in data

    def get_context(self, name, value, attrs):
        parts = list(value) if isinstance(value, list | tuple) else self.decompress(value)
        day, clock, offset = [*parts, None, ""][:3]
        context = super().get_context(name, [day, clock], attrs)
        context["widget"] |= {
            "zone": zone_name(),
            "which": [
                {"value": offset_of(moment), "label": _in_words(moment), "is_chosen": offset_of(moment) == offset}
                for moment in _doubles(day, clock)
            ],
            "which_name": f"{name}_2",
            "which_label": format_lazy(_("{}: which of the two?"), getattr(self, "label", "")),
        }
        return context

    def _render(self, template_name, context, renderer=None):
        # The forms' own renderer does not look into the project's templates, nor the project's into those of forms.
        renderer = renderer or get_default_renderer()
        parts = context["widget"]["subwidgets"]
        # security: Django's own templates of inputs, which escape what was typed.
        context["parts"] = [SafeString(renderer.render(part["template_name"], {"widget": part})) for part in parts]
        return render_to_string("admin/items/item/moment.html", context)


def _in_words(moment: datetime) -> str:
    return f"{time_format(moment.time(), 'H:i')} {dates.zone(moment)} (UTC{offset_of(moment)})"


def _doubles(day: Any, clock: Any) -> list[datetime]:
    """The two moments that these inputs, typed or stored, can mean; empty where they mean one or none."""
    try:
        day = day if isinstance(day, date) else forms.DateField().clean(day)
        clock = clock if isinstance(clock, time) else forms.TimeField().clean(clock)
    except ValidationError:
        return []
    if day.year not in YEARS:
        return []
    found = readings(datetime.combine(day, clock), timezone.get_current_timezone())
    return found if len(found) > 1 else []


class MomentField(forms.SplitDateTimeField):
    """A moment. With `time_optional` an absent time is midnight; the form says whether that will do."""

    widget: Any = MomentWidget

    def __init__(self, *, time_optional: bool = False, **kwargs):
        super().__init__(require_all_fields=not time_optional, **kwargs)
        if time_optional:
            self.fields[0].required = self.fields[1].required = False
        self.time_optional = time_optional
        self.widget.name_parts(self.label)

    def clean(self, value):
        day, clock, self._offset = [*(value or []), None, None, ""][:3]
        return super().clean([day, clock])

    def compress(self, data_list):
        if not data_list:
            return None
        day, clock = data_list
        if day and day.year not in YEARS:
            message = _("The year must be from %(first)d to %(last)d.")
            raise ValidationError(message, code="year", params={"first": YEARS[0], "last": YEARS[-1]})
        if self.time_optional and day and not clock:
            return _first(datetime.combine(day, time(0, 0)))
        if day in self.empty_values:
            raise ValidationError(self.error_messages["invalid_date"], code="invalid_date")
        if clock in self.empty_values:
            raise ValidationError(self.error_messages["invalid_time"], code="invalid_time")
        return self._meant(datetime.combine(day, clock))

    def _meant(self, naive: datetime) -> datetime:
        found = readings(naive, timezone.get_current_timezone())
        params = {"time": time_format(naive.time(), "H:i"), "day": date_format(naive, "j F Y"), "zone": zone_name()}
        if not found:
            message = _("%(time)s does not exist on %(day)s in %(zone)s: clocks are put forward over it.")
            raise ValidationError(message, code="no_such_time", params=params)
        if len(found) == 1:
            return found[0]
        for moment in found:
            if offset_of(moment) == self._offset:
                return moment
        message = _("%(time)s comes twice on %(day)s in %(zone)s, because clocks are put back. Choose which is meant.")
        raise ValidationError(message, code="time_comes_twice", params=params)

    def has_changed(self, initial, data) -> bool:
        if self.disabled:
            return False
        before = initial if isinstance(initial, list) else self.widget.decompress(initial)
        sent = [*(data or []), None, None, ""][:3]
        # What the inputs show of a moment may leave its seconds out; sent back as shown, it is the same.
        shown = [part.format_value(value) or "" for part, value in zip(self.widget.widgets, before, strict=False)]
        if shown != [value or "" for value in sent[:2]] and super().has_changed(before[:2], sent[:2]):
            return True
        return bool(_doubles(*sent[:2])) and (before[2] or "") != (sent[2] or "")


def _first(naive: datetime) -> datetime:
    """The first moment of this time; where it is skipped, the first after it."""
    zone = timezone.get_current_timezone()
    for minutes in range(0, 24 * 60, 15):
        if found := readings(naive + timedelta(minutes=minutes), zone):
            return found[0]
    return naive.replace(tzinfo=zone)
