"""Keywords: governed tags. All use of taggit's models is in this module and `item.py`'s one field."""

from collections.abc import Iterable
from typing import Any, cast

from django.conf import settings
from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from items.models.change import Change, Logged
from items.models.fields import LineField, clean_line
from items.models.folding import spelling
from items.models.term import Alias, Term, TermQuerySet


class KeywordQuerySet(TermQuerySet):
    """Keywords, found also by a name or other name."""

    def named(self, names) -> dict[str, Any]:
        """Keywords by case-folded asked name, for each that is the name or another name of one.

        What is written the same but for case comes first, then what differs in accents, hyphens and quotes only; and
        of either kind names before other names. Signs count: C is no spelling of C++.
        """
        # Folded in Python: SQLite's LOWER knows ASCII only. A vocabulary is a few thousand words.
        asked = {clean_line(name).casefold() for name in names}
        known = [(keyword.name, keyword) for keyword in cast("Iterable[Keyword]", self)] if asked else []
        if asked:
            known += [(a.name, a.term) for a in KeywordAlias.objects.exclude(name="").select_related("term")]
        found: dict[str, Keyword] = {}
        for name, keyword in known:
            if name.casefold() in asked:
                found.setdefault(name.casefold(), keyword)
        if missing := asked - set(found):
            alike: dict[str, Keyword] = {}
            for name, keyword in known:
                alike.setdefault(spelling(name), keyword)
            found |= {name: alike[key] for name in missing if (key := spelling(name)) and key in alike}
        return found


class Keyword(Term, TagBase):
    """A finer subject than a theme. Editors propose, the vocabulary desk approves."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")

    name = LineField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(_("slug"), max_length=100, unique=True, allow_unicode=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PROPOSED)

    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), null=True, blank=True, editable=False,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True, editable=False)

    objects = KeywordQuerySet.as_manager()  # type: ignore[misc]

    _stored_name: str | None = None

    class Meta:
        ordering = ["name"]
        verbose_name = _("keyword")
        verbose_name_plural = _("keywords")
        constraints = [
            Logged(kind=Change.Kind.KEYWORD, name="items_keyword_logged"),
            models.CheckConstraint(
                condition=models.Q(status__in=["proposed", "approved"]), name="items_keyword_status_known"
            ),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def from_db(cls, db, field_names, values, **kwargs):
        keyword = super().from_db(db, field_names, values, **kwargs)
        keyword._stored_name = keyword.__dict__.get("name")
        return keyword

    def save(self, *args, **kwargs):
        """Save, and keep the name it had until now as an alias, beside its former slug."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            if self._stored_name and self._stored_name.casefold() != self.name.casefold():
                KeywordAlias.keep(self, self._stored_name)
            self._stored_name = self.name

    def label(self, language: str) -> str:
        """The label in this language, else the name."""
        return (self.labels or {}).get(language) or self.name

    def slugify(self, tag, i=None):
        """A slug in ASCII where the name allows it; taggit counts `i` up until it is free."""
        slug = (slugify(tag) or slugify(tag, allow_unicode=True) or "keyword")[:90].strip("-")
        return slug if i is None else f"{slug}-{i}"


class KeywordAlias(Alias):
    """Another name or a former slug of a keyword: found, and led to the keyword."""

    term = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="aliases")
    name = LineField(_("other name"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [Logged(kind=Change.Kind.KEYWORD, column="term_id", name="items_keywordalias_logged")]

    def __str__(self):
        return self.name or self.slug

    def save(self, *args, **kwargs):
        self.slug = self.slug or self._free_slug(self.term, self.name)
        super().save(*args, **kwargs)

    @classmethod
    def _free_slug(cls, keyword: Keyword, name: str) -> str:
        """A slug made of the name that leads to no other keyword; names that differ in signs only are numbered."""
        number, slug = 1, keyword.slugify(name)
        while cls.objects.filter(slug=slug).exists() or Keyword.objects.filter(slug=slug).exclude(pk=keyword.pk):
            number += 1
            slug = keyword.slugify(name, number)
        return slug

    @classmethod
    def keep(cls, keyword: Keyword, name: str, slug: str = "") -> "KeywordAlias":
        """The alias of the keyword with this name, made where none has it.

        Without a slug it gets one made from the name. A former slug that stands there without a name takes the name.
        """
        own = list(cls.objects.filter(term=keyword))
        for alias in own:  # what was another name is the name now
            if alias.name and alias.name.casefold() == keyword.name.casefold():
                alias.name = ""
                alias.save()
        if not slug:
            named = [alias for alias in own if alias.name.casefold() == name.casefold()]
            if named:
                return named[0]
            slug = keyword.slugify(name)
        found: KeywordAlias | None = next((a for a in own if a.slug == slug), None)
        if found is None:
            found = cls(term=keyword, slug=cls._free_slug(keyword, slug))
        found.name = found.name or name
        found.save()
        return found


class ItemKeyword(ItemBase):
    """One keyword of one item."""

    content_object = models.ForeignKey("items.Item", on_delete=models.CASCADE, related_name="item_keywords")
    tag = models.ForeignKey(Keyword, on_delete=models.CASCADE, related_name="item_keywords")

    natural_key_fields = ["content_object", "tag"]

    class Meta:
        verbose_name = _("keyword of an item")
        verbose_name_plural = _("keywords of items")
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="items_itemkeyword_once_per_item"),
            Logged(kind=Change.Kind.ITEM, column="content_object_id", name="items_itemkeyword_logged"),
        ]
