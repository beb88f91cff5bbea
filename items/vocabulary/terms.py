"""The vocabularies by facet: who governs them, what their terms are called, and terms kept as data."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from items.models import ItemType, Keyword, RemovedTerm, Source, Theme, VocabularyChange
from items.models.item.record import full_name
from items.models.language import default_language

FACETS: dict[str, Any] = {"keyword": Keyword, "theme": Theme, "type": ItemType, "source": Source}
TREES = ("theme", "type")


class Refused(ValidationError):
    """The vocabulary does not allow this now; says why. Its `code` is "slug" or "name" where that is what is wrong."""


class Outdated(Refused):
    """What was confirmed is no longer what is there."""

    def __init__(self):
        super().__init__(_("Something has changed since this was shown. Look again before you confirm."))


def facet_of(model: type[models.Model]) -> str:
    """The facet of a vocabulary's model."""
    return next(facet for facet, found in FACETS.items() if found is model)


def may_govern(by, facet: str) -> bool:
    """Whether this person looks after a vocabulary. Nobody in person, an import or a program, does."""
    name = FACETS[facet]._meta.model_name
    return by is None or by.has_perms([f"items.change_{name}", f"items.delete_{name}"])


def may_retag(by) -> bool:
    """Whether this person may change the words of many items at once, published ones too."""
    return by is None or (may_govern(by, "keyword") and by.has_perms(["items.change_item", "items.approve_item"]))


def require(allowed: bool) -> None:
    """Raise PermissionDenied unless allowed."""
    if not allowed:
        raise PermissionDenied


def called(term) -> str:
    """What editors call a term."""
    return str(term)


def locked(facet: str, keys: Iterable[int]) -> dict[int, Any]:
    """The terms by key, locked. Raises Refused where one is gone."""
    keys = list(keys)
    found = {term.pk: term for term in FACETS[facet].objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(found) < len(set(keys)):
        raise Refused(_("One of these words is not there any more."))
    return found


def as_row(row: models.Model) -> dict[str, Any]:
    """The columns of a row, for a change's data."""
    return {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}


def from_row(model: type[models.Model], data: dict[str, Any]) -> Any:
    """An unsaved row with the columns that `as_row` gave and JSON kept."""
    known = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: known[name].to_python(value) for name, value in data.items() if name in known})


def refuse_taken(facet: str, *, slug: str = "", name: str = "", besides: Iterable[int] = ()) -> None:
    """Raise Refused where another term, or another name or former slug of one, has this slug or name."""
    model, besides = FACETS[facet], list(besides)
    others = model.objects.exclude(pk__in=besides)
    if slug:
        alias = model.alias_model().objects.filter(slug=slug).exclude(term__in=besides).select_related("term").first()
        if other := others.filter(slug=slug).first() or (alias and alias.term):
            message = _("The slug “%(slug)s” leads to “%(term)s”.")
            raise Refused(message, code="slug", params={"slug": slug, "term": called(other)})
    if name and (other := others.named([name]).get(name.casefold())) and other.pk not in besides:
        message = _("“%(name)s” is a name of “%(term)s”.")
        raise Refused(message, code="name", params={"name": name, "term": called(other)})


def bring_back(facet: str, data: dict[str, Any], *, heirs: Iterable[int] = ()) -> Any:
    """Make a deleted term again, under its key, as it was. Its slug and name may lead to one of the heirs meanwhile."""
    model = FACETS[facet]
    term = from_row(model, data)
    heirs = list(heirs)
    name = term.name if facet == "keyword" else ""
    refuse_taken(facet, slug=term.slug, name=name, besides=heirs)
    own = [(heir.slug, str(heir).casefold()) for heir in model.objects.filter(pk__in=heirs)]
    if any(term.slug == slug or (name and name.casefold() == known) for slug, known in own):
        raise Refused(_("“%(term)s” is the name or slug of another word now."), params={"term": called(term)})
    if getattr(term, "parent_id", None) and not model.objects.filter(pk=term.parent_id).exists():
        term.parent_id = None
    model.objects.bulk_create([term])
    RemovedTerm.objects.filter(facet=facet, slug=term.slug).delete()
    return model.objects.get(pk=term.pk)


def drop(facet: str, term) -> None:
    """Delete a term that another has taken the place of: it is no removed one."""
    slug = term.slug
    term.delete()
    RemovedTerm.objects.filter(facet=facet, slug=slug).delete()


def note(verb: str, facet: str, *, by, at, before: str = "", after: str = "", items: int = 0, data=None) -> Any:
    """Write down what was done."""
    return VocabularyChange.objects.create(
        verb=verb, facet=facet, before=before, after=after, items=items, data=data or {},
        by=by, by_name=full_name(by)[:150], at=at,
    )  # fmt: skip


def approved_since(change: VocabularyChange) -> bool:
    """Whether somebody has approved the keyword of a change after it, and that still stands."""
    later = VocabularyChange.objects.filter(pk__gt=change.pk, facet="keyword", undone_at__isnull=True)
    key = change.data["term"]
    return later.filter(
        Q(verb=VocabularyChange.Verb.APPROVE, data__term=key)
        | Q(verb=VocabularyChange.Verb.RENAME, data__term=key, data__before__status="proposed",
            data__after__status="approved")
    ).exists()  # fmt: skip


def language() -> str:
    """The language in which keywords are named."""
    return default_language()
