"""Giving a term another name and slug; the old ones go on leading to it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug, validate_unicode_slug
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from items.models import Keyword, VocabularyChange
from items.models.fields import clean_line
from items.text import fold
from items.vocabulary.plan import Plan
from items.vocabulary.terms import Refused, approved_since, called, language, locked, note, refuse_taken

LONGEST = 100


def check_keyword_name(name: str) -> None:
    """Raise Refused for what cannot be the name of a keyword."""
    if not fold(name):
        raise Refused(_("A keyword needs letters or digits."))
    if "," in name or '"' in name:
        raise Refused(_("A keyword holds neither commas nor straight quotation marks."))
    if len(name) > LONGEST:
        raise Refused(_("A keyword has at most %(limit)d characters."), params={"limit": LONGEST})


class Rename(Plan):
    """One term gets another name; for a theme, type or source that is its label in the site's first language.

    An empty slug stands for one made from the name. `approve` approves a proposed keyword with it.
    """

    def __init__(self, facet: str, term: int, *, name: str, slug: str = "", approve: bool = False):
        super().__init__(facet, [term])
        self.name, self.approve = clean_line(name), approve and facet == "keyword"
        self.wanted_slug = slug.strip()
        self.slug = self.wanted_slug

    def load(self) -> None:
        super().load()
        term = self.terms[self.keys[0]]
        if not self.wanted_slug:
            # A name that differs in case or spacing only needs no other address.
            same = fold(self.name) == fold(called(term))
            self.slug = term.slug if same else Keyword().slugify(self.name)
            if self.facet != "keyword" and not same:
                self.slug = slugify(self.name)[:LONGEST].strip("-") or term.slug

    def check(self) -> None:
        term = self.terms[self.keys[0]]
        if self.facet == "keyword":
            check_keyword_name(self.name)
            refuse_taken(self.facet, name=self.name, besides=[term.pk])
        elif not self.name:
            raise Refused(_("A label needs letters."))
        try:
            (validate_unicode_slug if self.facet == "keyword" else validate_slug)(self.slug)
        except ValidationError as error:
            raise Refused(error.messages[0], code="slug") from error
        if len(self.slug) > LONGEST:
            raise Refused(_("A slug has at most %(limit)d characters."), code="slug", params={"limit": LONGEST})
        refuse_taken(self.facet, slug=self.slug, besides=[term.pk])
        if self._wanted(term) == self._now(term):
            raise Refused(_("It is called that already."))

    def _now(self, term) -> dict[str, Any]:
        now = {"slug": term.slug, "name": term.name if self.facet == "keyword" else called(term)}
        return {**now, "status": term.status} if self.facet == "keyword" else now

    def _wanted(self, term) -> dict[str, Any]:
        wanted = {"slug": self.slug, "name": self.name}
        if self.facet == "keyword":
            wanted["status"] = Keyword.Status.APPROVED.value if self.approve else term.status
        return wanted

    def do(self, *, by, at: datetime) -> list[VocabularyChange]:
        term = self.terms[self.keys[0]]
        before, after, count = self._now(term), self._wanted(term), self.items().count()
        _call(term, after)
        term.save()
        data = {"term": term.pk, "before": before, "after": after}
        verb = VocabularyChange.Verb.RENAME
        return [
            note(
                verb, self.facet, by=by, at=at, before=before["name"], after=self.name, items=count, data=data
            )
        ]  # fmt: skip


def _call(term, values: dict[str, Any]) -> None:
    term.slug = values["slug"]
    if isinstance(term, Keyword):
        term.name, term.status = values["name"], values["status"]
    else:
        term.labels = {**(term.labels or {}), language(): values["name"]}


def undo_rename(change: VocabularyChange) -> None:
    """Give a term its former name again. The slug that it had meanwhile leads to it from now on."""
    data, facet = change.data, change.facet
    term = locked(facet, [data["term"]])[data["term"]]
    before, after = data["before"], data["after"]
    if term.slug != after["slug"] or called(term) != after["name"]:
        message = _("It is called “%(name)s” now. Undo first what was done to it later.")
        raise Refused(message, params={"name": called(term)})
    is_keyword = facet == "keyword"
    if is_keyword and (term.status != after["status"] or approved_since(change)):
        before = {**before, "status": term.status}  # the word of whoever decided on it later
    refuse_taken(facet, slug=before["slug"], name=before["name"] if is_keyword else "", besides=[term.pk])
    _call(term, before)
    if is_keyword:
        term._stored_name = None  # what it was called by mistake is no name of it
        wanted = before["name"].casefold()
        for alias in term.aliases.all():
            if alias.name.casefold() == wanted:
                alias.delete()
    term.save()
