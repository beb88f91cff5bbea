"""What the desks of all vocabularies share: labels, search, former slugs, and that a term in use stays."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from items.admin.inline import NamedRows
from items.admin.labels import LabelsForm, label_fields
from items.admin.once import Keys, once
from items.admin.saving import CarefulSaving
from items.admin.tree import TreeChoice
from items.admin.vocabulary.desk import VocabularyViews
from items.admin.vocabulary.order import OrderViews
from items.models import Item
from items.models.tree import Tree
from items.text import fold


class FormerSlugs(NamedRows):
    """Slugs that lead to a term since it was renamed; kept by the model, shown here."""

    fields = ["slug"]
    readonly_fields = ["slug"]
    extra = 0
    verbose_name_plural = _("former slugs (still lead here)")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class TermAdmin(VocabularyViews, CarefulSaving):
    """A vocabulary whose terms have labels by language.

    `items_filter` is its parameter in the list of items, `items_lookup` the way to it from an item.
    """

    form = LabelsForm
    list_display = ["__str__", "slug", "usage"]
    search_fields = ["slug"]  # what is found is decided in `get_search_results`
    search_help_text = _("Part of a label in any language")
    items_filter = ""
    items_lookup = ""

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(items_count=Count("items", distinct=True))

    def get_fieldsets(self, request, obj=None):
        own = [name for name in self.own_fields if name != "usage" or obj]
        return [(None, {"fields": own}), (_("Labels"), {"fields": label_fields()})]

    own_fields: list[str] = ["slug", "usage"]
    readonly_fields = ["usage"]
    named_by: list[str] = ["slug"]
    """Fields that change by renaming only, which shows beforehand what it touches."""

    class Media:
        css = {"all": ["admin_desk/vocabulary.css"]}
        js = ["admin_desk/keywords.js", "admin_desk/vocabulary.js"]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(self.named_by if obj else [])]

    def get_form(self, request, obj=None, change=False, **kwargs):
        # The label fields exist on an instance of the form only; they are no fields of the model.
        fields = kwargs.pop("fields", None) or flatten_fieldsets(self.get_fieldsets(request, obj))
        own = [name for name in fields if not name.startswith("label_")]
        return super().get_form(request, obj, change, fields=own, **kwargs)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": label_fields()[:1]}

    def get_inlines(self, request, obj):
        return super().get_inlines(request, obj) if obj and obj.aliases.exists() else []

    @admin.display(description=_("items"), ordering="items_count")
    def usage(self, term) -> str:
        """How many items use the term, as a link to them."""
        count = getattr(term, "items_count", None)
        if count is None:
            count = self.items_of(term).count()
        url = f"{reverse('admin:items_item_changelist')}?{self.items_filter}={term.pk}"
        return format_html('<a href="{}">{}</a>', url, count) if count else "0"

    def get_search_results(self, request, queryset, search_term):
        """Terms with every word in a label, name or slug; vocabularies are small and JSON cannot be searched alike."""
        words = fold(search_term).split()
        if not words:
            return queryset, False

        def find() -> Keys:
            return Keys(key for key, text in self.texts() if all(word in fold(text) for word in words))

        return queryset.filter(once(request, ("found", self.model, *words), find).among()), False

    def texts(self) -> Iterator[tuple[int, str]]:
        """The key of each term, with the text in which a search looks. Plain rows: thousands of objects take long."""
        for key, slug, labels in self.model._default_manager.order_by().values_list("pk", "slug", "labels"):
            yield key, " ".join([slug, *(labels or {}).values()])

    def items_of(self, term) -> QuerySet[Item]:
        """The items that use a term."""
        return Item.objects.filter(**{self.items_lookup: term})

    def is_kept(self, term) -> bool:
        """Whether the term must stay because items use it."""
        return self.items_of(term).exists()

    def get_deleted_objects(self, objs, request):
        # One line for each term that is used; a page with each of ten thousand items helps nobody.
        kept = [term for term in objs if self.is_kept(term) or self._children(term)]
        if kept:
            # That nobody may delete those items is not what is in the way.
            return [], {}, set(), [self._used_by(term) for term in kept]
        used = [term for term in objs if self.items_of(term).exists()]
        unused = [term for term in objs if term not in used]
        deleted, counts, lacking, protected = super().get_deleted_objects(unused, request)
        if used:
            deleted = [*deleted, *(self._used_by(term) for term in used)]
            name = str(self.opts.verbose_name_plural)
            counts[name] = counts.get(name, 0) + len(used)
            if not all(self.has_delete_permission(request, term) for term in used):
                lacking = {*lacking, str(self.opts.verbose_name)}
        return deleted, counts, lacking, protected

    def _children(self, term) -> int:
        return term.children.count() if hasattr(term, "children") else 0

    def _used_by(self, term) -> str:
        items, children = self.items_of(term).count(), self._children(term)
        parts = [ngettext("%d item", "%d items", items) % items] if items else []
        parts += [ngettext("%d term below it", "%d terms below it", children) % children] if children else []
        return f"{term}: {', '.join(parts)}"


class TreeForm(LabelsForm):
    """A term with a parent; neither itself nor what stands below it is offered."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "parent" in self.fields:
            model = self._meta.model
            below = model.objects.tree().family(self.instance.pk) if self.instance.pk else set()
            queryset = model.objects.exclude(pk__in=below)
            old = self.fields["parent"]
            self.fields["parent"] = TreeChoice(
                queryset,
                label=old.label,
                required=False,
                empty_label=_("none: stands at the top"),
                help_text=_("The wider term under which this one stands."),
                error_messages={"invalid_choice": _("A term cannot stand below itself; choose another parent.")},
            )


class TreeTermAdmin(OrderViews, TermAdmin):  # type: ignore[misc]
    """A vocabulary that stands in a tree, listed as one."""

    form = TreeForm
    list_display = ["in_tree", "slug", "usage"]
    sortable_by = ()
    ordering = None
    own_fields = ["parent", "slug", "usage"]
    list_per_page = 500

    def get_queryset(self, request):
        nodes = list(Tree(self.model._default_manager.order_by("position", "slug")).nodes())
        places = [When(pk=node.term.pk, then=Value(i)) for i, node in enumerate(nodes)]
        depths = [When(pk=node.term.pk, then=Value(node.depth)) for node in nodes]
        queryset: QuerySet = self.model._default_manager.annotate(
            items_count=Count("items", distinct=True),
            place=Case(*places, default=Value(0), output_field=IntegerField()),
            depth=Case(*depths, default=Value(0), output_field=IntegerField()),
        )
        return queryset.order_by("place")

    def get_ordering(self, request):
        return ["place"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        # Django would order the parents as the list is ordered, by a column that only the list's query has.
        return super().formfield_for_foreignkey(db_field, request, queryset=self.model._default_manager.all(), **kwargs)

    @admin.display(description=_("label"))
    def in_tree(self, term) -> str:
        return format_html('<span data-depth="{}">{}</span>', term.depth, term)
