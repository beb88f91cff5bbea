"""The list of items: its filters, and what can be done with many items at once."""

from collections import Counter
from datetime import date, datetime

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as django_delete_selected
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from items.admin.choice import is_key
from items.admin.item.counting import ByCondition, ByTerm, ByTree, by_key
from items.admin.once import Keys, once
from items.desk import LISTED_FIGURES, LISTED_GAPS, condition_of, of_figure, untranslated_into
from items.desk.bulk import MOST
from items.models import Item, ItemType, Keyword, Source, Theme
from items.models.language import default_language, language_codes, language_name


class FigureFilter(ByCondition, admin.SimpleListFilter):
    """Items that a figure of the front page counts, for who looks at the list."""

    title = _("what waits")
    parameter_name = "desk"
    figures = LISTED_FIGURES

    def lookups(self, request, model_admin):
        self.person, self.at = request.user, once(request, "now", timezone.now)
        # The sum of the gaps, which is slow to count, is looked for by its link above the list.
        shown = [name for name in self.figures if name != "any" or self.value() == name]
        return [(name, capfirst(self.figures[name].label)) for name in shown]

    def queryset(self, request, queryset):
        found = self._found()
        return queryset if found is None else queryset.filter(found)

    def conditions(self):
        return [
            self._found() if name == self.value() else condition_of(self.figures[name], by=self.person, at=self.at)
            for name, _label in self.lookup_choices
        ]

    def _found(self) -> Q | None:
        """The items of the figure that is chosen; None where none is."""
        figure = self.figures.get(self.value() or "")
        if figure is None:
            return None

        def find() -> Keys:
            items = of_figure(Item.objects.order_by(), figure, by=self.person, at=self.at)
            return Keys(items.values_list("pk", flat=True))

        # Some of them look at every item: once, for all that the list counts.
        return once(self.request, (self.parameter_name, figure.name), find).among()


class GapFilter(FigureFilter):
    """Items that want attention."""

    title = _("what is missing")
    parameter_name = "missing"
    figures = LISTED_GAPS


class MissingFilter(ByCondition, admin.SimpleListFilter):
    """Items that have no version in a language, be it a draft."""

    title = _("missing in")
    parameter_name = "missing_in"

    def lookups(self, request, model_admin):
        codes = language_codes()
        return [(code, capfirst(language_name(code, default_language()))) for code in codes] if len(codes) > 1 else []

    def queryset(self, request, queryset):
        code = self.value() or ""
        if code not in language_codes():
            return queryset

        def find() -> Keys:
            return Keys(Item.objects.filter(untranslated_into(code)).order_by().values_list("pk", flat=True))

        return queryset.filter(once(request, ("untranslated", code), find).among())

    def conditions(self):
        return [untranslated_into(code) for code, _label in self.lookup_choices]


class AuthorFilter(ByCondition, admin.SimpleListFilter):
    """Items that the reader of the list began."""

    title = _("begun by")
    parameter_name = "by"

    def lookups(self, request, model_admin):
        return [("me", _("me"))]

    def queryset(self, request, queryset):
        return queryset.filter(created_by=request.user) if self.value() == "me" else queryset

    def conditions(self):
        return [Q(created_by=self.request.user)]


class MonthFilter(ByCondition, admin.SimpleListFilter):
    """Items that came out in one month. Months are too many to list; the chart on the front leads here."""

    title = _("month of publication")
    parameter_name = "month"

    def lookups(self, request, model_admin):
        first = self._first()
        return [(f"{first:%Y-%m}", date_format(first, "YEAR_MONTH_FORMAT"))] if first else []

    def queryset(self, request, queryset):
        return queryset.filter(*self.conditions())

    def conditions(self):
        first = self._first()
        return [Q(publication_date__year=first.year, publication_date__month=first.month)] if first else []

    def _first(self) -> date | None:
        try:
            return datetime.strptime(self.value() or "", "%Y-%m").date()
        except ValueError:
            return None


class TypeFilter(ByTree):
    """Items of a type and of those below it."""

    title = _("type")
    parameter_name = "type"
    model = ItemType
    links, path = Item.objects, "type"

    def queryset(self, request, queryset):
        return queryset.filter(type__in=self.family()) if self.value() else queryset


class ThemeFilter(ByTree):
    """Items on a theme and on those below it."""

    title = _("theme")
    parameter_name = "theme"
    model = Theme
    links, path, item = Theme.items.through.objects, "theme", "item"

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        # By key, so that an item with two of the themes is listed once, and found once for all that the list counts.
        links = Theme.items.through.objects.filter(theme__in=self.family()).order_by()
        found = once(request, ("theme", self.value()), lambda: Keys(links.values_list("item", flat=True).distinct()))
        return queryset.filter(found.among())


class SourceFilter(ByTerm):
    """Items of one source, or of none."""

    title = _("source")
    parameter_name = "source"

    def lookups(self, request, model_admin):
        used = Source.objects.filter(Exists(Item.objects.filter(source=OuterRef("pk"))))
        return [("none", _("none")), *once(request, Source, lambda: [(str(s.pk), str(s)) for s in used])]

    def queryset(self, request, queryset):
        value = self.value() or ""
        if value == "none":
            return queryset.filter(source__isnull=True)
        return queryset.filter(source=value) if is_key(value) else queryset

    def counts(self, items):
        found = by_key(Item.objects.filter(items.among()), "source")
        return Counter({str(key or "none"): number for key, number in found.items()})


class KeywordFilter(admin.SimpleListFilter):
    """Items with one keyword. Keywords are too many to list; the desk of keywords leads here."""

    title = _("keyword")
    parameter_name = "keyword"

    def lookups(self, request, model_admin):
        value = self.value() or ""
        return [(value, str(k)) for k in Keyword.objects.filter(pk=value)] if is_key(value) else []

    def queryset(self, request, queryset):
        value = self.value() or ""
        return queryset.filter(item_keywords__tag=value) if is_key(value) else queryset


@admin.action(description=_("Delete"), permissions=["delete"])
def delete_selected(modeladmin, request, queryset):
    """Django's, once it is sure that every one of the items may go."""
    now = timezone.now()
    items = list(queryset.order_by("pk").defer("body")[: MOST + 1])
    if len(items) > MOST:
        modeladmin.message_user(request, _("At most %(most)d items at a time.") % {"most": MOST}, messages.ERROR)
        return None
    kept = [item for item in items if not item.may_be_deleted(request.user, now)]
    if kept:
        titles = "; ".join(item.title for item in kept[:5])
        message = _("Nothing was deleted. These stay: %(titles)s. What readers have seen can only be withdrawn.")
        modeladmin.message_user(request, message % {"titles": titles}, messages.ERROR)
        return None
    return django_delete_selected(modeladmin, request, queryset)
