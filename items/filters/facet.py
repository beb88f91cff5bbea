"""Facets: what counts as a value of each, what a value selects, how items are counted by value."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import django_filters
from django import forms
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.utils.translation import gettext as _

from items.facets.vocabulary import Vocabulary
from items.models.item import ItemQuerySet
from items.models.language import language_codes, language_name
from items.models.tree import Tree

_SLUG = re.compile(r"[-\w]{1,100}")


MOST_VALUES = 20
"""How many values of one facet a question may name. No reader needs more, and a crawler would try them all."""


class NotAnswered(SuspiciousOperation):
    """A question that this site does not answer. Its text is shown to who asked."""


class TooMuchAsked(NotAnswered):
    """A question larger than this site answers."""


class _ValuesField(forms.Field):
    """Several values of one parameter. Empty ones are dropped; `find` turns texts into values or raises."""

    widget = forms.SelectMultiple

    def __init__(self, *, find, **kwargs):
        super().__init__(**kwargs)
        self.find = find

    def clean(self, value):
        texts = dict.fromkeys(text.strip() for text in value or [] if text.strip())
        if len(texts) > MOST_VALUES:
            raise TooMuchAsked(_("A filter may have at most %d values.") % MOST_VALUES)
        return self.find(texts) if texts else []


def _each_once(known: dict) -> list:
    # Two former slugs of one term are that term once.
    return sorted({value.slug: value for value in known.values()}.values(), key=lambda value: value.slug)


class FacetFilter(django_filters.Filter):
    """A facet of which readers choose any number of values.

    A value has a `slug` and a `label(language)`. `known` maps asked texts to values, and texts absent from its answer
    are unknown. The facet index counts by `key`, so that values are loaded only for the few that are shown.
    """

    field_class = _ValuesField

    is_ordered = False
    """Whether values keep the order in which `load` gives them; otherwise the most used come first."""

    def __init__(self, *, label, unknown, **kwargs):
        super().__init__(label=label, required=False, find=self._find, **kwargs)
        self.unknown = unknown

    def known(self, texts: Iterable[str]) -> dict:
        raise NotImplementedError

    def key(self, value) -> Hashable:
        return value.slug

    def depth(self, value) -> int:
        return 0

    def load(self, keys: Iterable) -> list:
        """The values with these keys, in the facet's own order."""
        raise NotImplementedError

    def select(self, queryset: ItemQuerySet, values: list) -> ItemQuerySet:
        raise NotImplementedError

    def _find(self, texts: Iterable[str]) -> list:
        known = self._known(texts)
        if errors := [
            ValidationError(self.unknown, params={"value": text[:100]}) for text in texts if text not in known
        ]:
            raise ValidationError(errors)
        return _each_once(known)

    def _known(self, texts: Iterable[str]) -> dict:
        return self.known([text for text in texts if _SLUG.fullmatch(text)])

    def understood(self, texts: Iterable[str]) -> list:
        """The values that are known, beside others that are not."""
        return _each_once(self._known({text.strip() for text in texts}))

    def filter(self, qs, value):
        return self.select(qs, value) if value else qs


class TermFilter(FacetFilter):
    """A facet whose values are vocabulary terms, joined to items by `relation`, a table or Item's own column."""

    def __init__(self, *, relation=None, item_column="item", term_column, **kwargs):
        super().__init__(**kwargs)
        self.relation = relation
        self.item_column, self.term_column = item_column, term_column

    @property
    def vocabulary(self) -> Vocabulary:
        return self.parent.index.vocabulary

    def known(self, texts):
        return self.vocabulary.resolve(self.field_name, texts)

    def key(self, value):
        return value.pk

    def load(self, keys):
        terms = self.vocabulary.terms[self.field_name]
        return [terms[key] for key in keys if key in terms]

    def keys(self, values) -> set[int]:
        """The primary keys that these values select."""
        return {value.pk for value in values}

    def select(self, queryset, values):
        chosen = {f"{self.term_column}__in": self.keys(values)}
        if self.relation is None:
            return queryset.filter(**chosen)
        # A subquery rather than a join: a join would list an item once for each of its terms.
        return queryset.filter(pk__in=self.relation.objects.filter(**chosen).values(self.item_column))


class TreeFilter(TermFilter):
    """A facet whose terms stand in a tree: choosing one chooses all below it."""

    is_ordered = True

    def keys(self, values):
        return set().union(*(self.tree.family(value.pk) for value in values))

    @property
    def tree(self) -> Tree:
        return self.vocabulary.trees[self.field_name]

    def depth(self, value):
        return self.tree.node(value.pk).depth

    def load(self, keys):
        return [node.term for node in self.tree.nodes() if node.term.pk in keys]


@dataclass(frozen=True)
class Language:
    """A language as a value of a facet."""

    slug: str

    def label(self, language: str) -> str:
        return language_name(self.slug, language)


class LanguageFilter(FacetFilter):
    """The language an item is written in."""

    is_ordered = True

    def known(self, texts):
        return {text: Language(text) for text in texts if text in language_codes()}

    def load(self, keys):
        return [Language(code) for code in language_codes() if code in keys]

    def select(self, queryset, values):
        return queryset.filter(language__in=[value.slug for value in values])


@dataclass(frozen=True)
class Year:
    """A year as a value of a facet."""

    slug: str

    def label(self, language: str) -> str:
        return self.slug


class YearFilter(FacetFilter):
    """The year of the publication date, in four digits."""

    is_ordered = True

    def known(self, texts):
        return {text: Year(text) for text in texts if re.fullmatch("[1-9][0-9]{3}", text, re.ASCII)}

    def load(self, keys):
        return [Year(slug) for slug in sorted(keys, reverse=True)]

    def select(self, queryset, values):
        return queryset.filter(publication_date__year__in=[int(value.slug) for value in values])
