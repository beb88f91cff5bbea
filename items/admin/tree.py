"""Form fields and filters for terms that stand in a tree: shown whole, in the tree's order, indented."""

from django import forms
from django.contrib import admin
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue

from items.admin.choice import SeveralField
from items.admin.once import once
from items.models.tree import Tree

INDENT = "\u2003"


class TreeIterator(ModelChoiceIterator):
    """Choices depth first; each term carries its `depth`."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for node in Tree(self.queryset.order_by("position", "slug")).nodes():
            yield ModelChoiceIteratorValue(node.term.pk, node.term), INDENT * node.depth + str(node.term)


class TreeCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes that say in `data-depth` how far the style sheet indents them."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        label = option["label"]
        text = label.lstrip(INDENT)
        option["attrs"]["data-depth"] = len(label) - len(text)
        option["label"] = text
        return option


class TreeChoice(forms.ModelChoiceField):
    """One term of a tree."""

    iterator = TreeIterator


class TreeChoices(SeveralField):
    """Any number of terms of a tree, as checkboxes."""

    iterator = TreeIterator
    widget = TreeCheckboxes


class TreeFilter(admin.SimpleListFilter):
    """List filter by a term; those below it count as well."""

    model: type

    @property
    def _tree(self) -> Tree:
        return once(self.request, self.model, self.model.objects.tree)  # type: ignore[attr-defined]

    def lookups(self, request, model_admin):
        return [(str(node.term.pk), INDENT * node.depth + str(node.term)) for node in self._tree.nodes()]

    def family(self) -> set[int]:
        """The keys of the chosen term and of all below it; empty for what is no term."""
        value = self.value() or ""
        return self._tree.family(int(value)) if value in {str(node.term.pk) for node in self._tree.nodes()} else set()
