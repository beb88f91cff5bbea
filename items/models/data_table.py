"""Data tables: figures that belong to an item, as they were brought in and as they were read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.change import Change, Logged
from items.models.fields import LineField, TextField
from items.models.item import Item


class DataTable(models.Model):
    """A table of an item, drawn as a chart and offered as a download.

    `data` is what `items.tables` read in `text`; whoever changes one changes both.
    """

    class Chart(models.TextChoices):
        """How it is drawn; empty: by what it holds."""

        LINE = "line", _("lines")
        BAR = "bar", _("bars")
        STACKED = "stacked", _("stacked bars")
        NONE = "none", _("no chart, the table only")

    class Decimals(models.TextChoices):
        """Which sign begins the decimals in `text`; empty: its numbers say so themselves."""

        POINT = "point", _("a point: 1,234.5")
        COMMA = "comma", _("a comma: 1.234,5")

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="tables")
    position = models.PositiveIntegerField(_("position"), default=0)
    caption = LineField(_("title"), max_length=250)
    text = TextField(_("figures"))
    data = models.JSONField(_("figures as read"), default=dict, editable=False)
    decimals = models.CharField(_("decimals begin with"), max_length=5, choices=Decimals.choices, blank=True)
    chart = models.CharField(_("chart"), max_length=7, choices=Chart.choices, blank=True)
    unit = LineField(_("unit"), max_length=100, blank=True)
    period = LineField(_("reference period"), max_length=100, blank=True)
    source = LineField(_("source"), max_length=250, blank=True)
    notes = TextField(_("notes"), blank=True)
    # On a working copy: the published table that this one will change, so that its address stays.
    original = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [Logged(kind=Change.Kind.ITEM, column="item_id", name="items_datatable_logged")]
        verbose_name = _("data table")
        verbose_name_plural = _("data tables")

    def __str__(self):
        return self.caption
