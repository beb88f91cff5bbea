"""Splitting a keyword into several: each of its items gets those of the new ones that somebody chose."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from items.models import Keyword, VocabularyChange
from items.models.fields import clean_line
from items.text import spelling
from items.vocabulary.links import give, keys_of, take
from items.vocabulary.merge import hand_over_names, take_names_back
from items.vocabulary.plan import Plan
from items.vocabulary.rename import check_keyword_name
from items.vocabulary.terms import Refused, as_row, bring_back, drop, locked, note

MOST = 10


class Split(Plan):
    """A keyword becomes those of these names, new ones or ones that exist; it stays only when it is one of them.

    `chosen` holds, by the key of an item, the places in `names` of what that item gets. An item that is not in it gets
    all. Where the keyword goes, its name and address lead to the first of the names.
    """

    def __init__(self, term: int, names: list[str], chosen: Mapping[int, set[int]] | None = None):
        super().__init__("keyword", [term])
        unique: dict[str, str] = {}
        for name in map(clean_line, names):
            if name:
                unique.setdefault(spelling(name), name)
        self.names = list(unique.values())
        self.chosen = dict(chosen or {})
        self.known: dict[str, Any] = {}

    def load(self) -> None:
        super().load()
        self.known = Keyword.objects.named(self.names)

    def check(self) -> None:
        term = self.terms[self.keys[0]]
        if not 2 <= len(self.names) <= MOST:
            raise Refused(_("Name two words or more, at most %(limit)d."), params={"limit": MOST})
        for name in self.names:
            check_keyword_name(name)
        parts = [self.known[name.casefold()].pk for name in self.names if name.casefold() in self.known]
        if len(set(parts)) < len(parts):
            raise Refused(_("Two of these names are of the same keyword."))
        if self.known.get(self.names[0].casefold()) != term and term.pk in parts:
            raise Refused(_("Write “%(name)s” first where it is to stay."), params={"name": term.name})

    def state(self) -> list[Any]:
        return [*super().state(), [[name, getattr(self.known.get(name.casefold()), "pk", None)] for name in self.names]]

    def do(self, *, by, at: datetime) -> list[VocabularyChange]:
        term = self.terms[self.keys[0]]
        row, has = as_row(term), keys_of("keyword", term.pk)
        parts: list[dict[str, Any]] = []
        data: dict[str, Any] = {}
        for name in self.names:
            part = self.known.get(name.casefold())
            made = part is None
            if part is None:
                part = Keyword(name=name, status=term.status)
                part.save()
            parts.append({"term": part.pk, "made": made})
        keeps = parts[0]["term"] == term.pk
        for place, part in enumerate(parts):
            wanted = {item for item in has if place in self.chosen.get(item, {place})}
            if part["term"] == term.pk:
                part["given"] = []
                data["taken"] = sorted(take("keyword", term.pk, has - wanted))
            else:
                part["given"] = sorted(give("keyword", part["term"], wanted))
        if not keeps:
            data["taken"] = sorted(take("keyword", term.pk, has))
            data |= hand_over_names(term, Keyword.objects.get(pk=parts[0]["term"]))
            drop("keyword", term)
        data |= {"term": row, "kept": keeps, "parts": parts}
        after = ", ".join(f"“{name}”" for name in self.names)
        verb = VocabularyChange.Verb.SPLIT
        return [note(verb, "keyword", by=by, at=at, before=row["name"], after=after, items=len(has), data=data)]


def undo_split(change: VocabularyChange) -> None:
    """Make the keyword again for its items, and take the parts from those that got them by the split.

    An item from which somebody has since taken all that the split gave it stays without. A part that was made by the
    split goes where nothing else has come to use it, and nobody has approved it meanwhile.
    """
    data = change.data
    key = data["term"]["id"]
    parts = {part["term"]: part for part in data["parts"]}
    there: dict[int, Any] = {row.pk: row for row in Keyword.objects.select_for_update().filter(pk__in=parts)}
    if data["kept"]:
        locked("keyword", [key])
    else:
        heir = data["parts"][0]["term"]
        if heir not in there:
            name = change.after.split("”")[0].lstrip("“")
            message = _("“%(term)s” is not there any more. Undo first what was done to it later.")
            raise Refused(message, params={"term": name})
        bring_back("keyword", data["term"], heirs=[heir])
        take_names_back(data, heir, "keyword", key)
    # Of what has gone since, by a merge for instance, nobody can say who has it in another form.
    kept = {pk: keys_of("keyword", pk) if pk in there else set(part["given"]) for pk, part in parts.items()}
    given = set().union(*(part["given"] for part in data["parts"]))
    left = set().union(*(kept[pk] & set(part["given"]) for pk, part in parts.items()))
    give("keyword", key, set(data["taken"]) - (given - left))
    for pk, part in parts.items():
        if pk not in there or pk == key:
            continue
        take("keyword", pk, part["given"])
        is_as_made = part["made"] and there[pk].status == data["term"]["status"]
        if is_as_made and not there[pk].item_keywords.exists() and not there[pk].aliases.exists():
            there[pk].delete()
