"""Making an index from the database in one streaming pass, and bringing one up to date by the change log."""

from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Count, QuerySet
from pyroaring import BitMap

from items.facets.index import FACETS, FacetIndex, Values, instant, month_of
from items.facets.vocabulary import KINDS, TREES, Vocabulary, read
from items.models import Change, ContentVersion, Item, ItemCountry, ItemKeyword, ItemTheme
from items.models.change import Content
from items.models.language import language_codes

CHUNK = 5_000
LINKS: dict[str, tuple[Any, str, str]] = {
    "theme": (ItemTheme, "item_id", "theme_id"),
    "keyword": (ItemKeyword, "content_object_id", "tag_id"),
    "country": (ItemCountry, "item_id", "country_id"),
}
COLUMNS = ("pk", "language", "type_id", "source_id", "publication_date", "publish_at", "expire_at")


def _families(values: Values, vocabulary: Vocabulary) -> Values:
    families: Values = {}
    for facet in TREES:
        parts: dict[Hashable, list[BitMap]] = defaultdict(list)
        above = vocabulary.above(facet)
        for key, pks in values[facet].items():
            for ancestor in above.get(key, (key,)):  # type: ignore[call-overload]
                parts[ancestor].append(pks)
        families[facet] = {key: BitMap.union(BitMap(), *pks) for key, pks in parts.items()}
    return families


class _Collector:
    """Rows of approved items on their way into bitmaps."""

    def __init__(self, days: array, publish: array, expire: dict[int, int]):
        self.lists: dict[str, dict[Hashable, array]] = {
            name: defaultdict(lambda: array("I")) for name in (*FACETS, "month", "published")
        }
        self.days, self.publish, self.expire = days, publish, expire
        self.pks = array("I")

    def read(self, items: QuerySet) -> None:
        """Collect these items, without their links."""
        lists, grow = self.lists, self._grow
        for pk, language, type_id, source_id, day, publish_at, expire_at in items.values_list(*COLUMNS).iterator(CHUNK):
            if pk >= len(self.days):
                grow(pk)
            self.pks.append(pk)
            lists["language"][language].append(pk)
            lists["type"][type_id].append(pk)
            if source_id:
                lists["source"][source_id].append(pk)
            if day:
                lists["year"][str(day.year)].append(pk)
                self.days[pk] = day.toordinal()
            lists["month"][month_of(day)].append(pk)
            lists["published"][month_of(publish_at)].append(pk)
            self.publish[pk] = instant(publish_at)
            if expire_at:
                self.expire[pk] = instant(expire_at)

    def read_links(self, facet: str, pks: Iterable[int] | None = None) -> None:
        """Collect the links of these items in one facet; of all items where `pks` is None."""
        model, item, term = LINKS[facet]
        links = model.objects.all() if pks is None else model.objects.filter(**{f"{item}__in": pks})
        keys = self.lists[facet]
        for key, pk in links.order_by().values_list(term, item).iterator(CHUNK):
            keys[key].append(pk)

    def _grow(self, pk: int) -> None:
        missing = pk + 1 + pk // 8 - len(self.days)
        self.days.frombytes(bytes(self.days.itemsize * missing))
        self.publish.frombytes(bytes(self.publish.itemsize * missing))

    def bitmaps(self, name: str) -> dict[Hashable, BitMap]:
        """The bitmaps of what was collected under a name, which is gone then: of a large archive it is much."""
        lists, made = self.lists.pop(name), {}
        while lists:
            key, pks = lists.popitem()
            made[key] = BitMap(pks)
            made[key].shrink_to_fit()
        return made


def _groups(items: QuerySet, approved: BitMap | None = None) -> dict[int, tuple[int, ...]]:
    """Groups of these items with several versions, by each member; of those among `approved` where it is given."""
    members: dict[object, list[int]] = defaultdict(list)
    for group, pk in items.order_by("pk").values_list("translation_group", "pk").iterator(CHUNK):
        if approved is None or pk in approved:
            members[group].append(pk)
    return {pk: group for group in map(tuple, members.values()) if len(group) > 1 for pk in group}


def build() -> FacetIndex:
    """An index of all that is approved, as of before its first visible instant: call `seen_at`."""
    content = ContentVersion.current()
    approved = Item.objects.filter(status=Item.Status.APPROVED)
    collector = _Collector(array("i"), array("q"), {})
    collector.read(approved)
    months, published_months = collector.bitmaps("month"), collector.bitmaps("published")
    values: Values = {name: collector.bitmaps(name) for name in FACETS if name not in LINKS}
    known = BitMap(collector.pks)
    for facet in LINKS:
        collector.read_links(facet)
        values[facet] = {key: here for key, pks in collector.bitmaps(facet).items() if (here := pks & known)}
    # Of whatever status: so an index answers, and no row of a large archive is read for it.
    several = Item.objects.order_by().values("translation_group").annotate(n=Count("pk")).filter(n__gt=1)
    vocabulary = read()
    return FacetIndex(
        archive=content.archive,
        version=content.version,
        changed_at=content.changed_at,
        values=values,
        families=_families(values, vocabulary),
        vocabulary=vocabulary,
        months=months,  # type: ignore[arg-type]
        published_months=published_months,  # type: ignore[arg-type]
        days=collector.days,
        publish=collector.publish,
        expire=collector.expire,
        groups=_groups(Item.objects.filter(translation_group__in=several.values("translation_group")), known),
        languages=tuple(language_codes()),
    )


def _replaced(old: dict, gone: BitMap, new: dict) -> dict:
    """Bitmaps without the items `gone`, with the new ones; those that do not change are shared."""
    merged = {key: pks - gone if pks.intersect(gone) else pks for key, pks in old.items()}
    for key, pks in new.items():
        merged[key] = merged[key] | pks if key in merged else pks
    return {key: pks for key, pks in merged.items() if pks}


def updated(index: FacetIndex, content: Content) -> FacetIndex:
    """The index brought to a later version of the content."""
    version = content.version
    changes = Change.objects.filter(version__gt=index.version, version__lte=version)
    changed: dict[str, list[int]] = defaultdict(list)
    for kind, key in changes.values_list("kind", "key"):
        changed[kind].append(key)
    vocabulary = read() if KINDS & set(changed) else index.vocabulary
    touched = BitMap(changed[Change.Kind.ITEM])
    if not touched:
        families = index.families if vocabulary is index.vocabulary else _families(index.values, vocabulary)
        return replace(index, version=version, changed_at=content.changed_at, vocabulary=vocabulary, families=families)

    # An item that left a translation group leaves its former siblings to be chosen anew.
    siblings = BitMap(sibling for pk in touched for sibling in index.groups.get(pk, ()))
    expire = {pk: at for pk, at in index.expire.items() if pk not in touched}
    days, publish = array("i", index.days), array("q", index.publish)
    for pk in touched:
        if pk < len(days):
            days[pk] = 0
    collector = _Collector(days, publish, expire)
    approved = Item.objects.filter(status=Item.Status.APPROVED)
    groups = {pk: group for pk, group in index.groups.items() if pk not in touched and pk not in siblings}
    affected = list(touched | siblings)
    for start in range(0, len(affected), CHUNK):
        pks = affected[start : start + CHUNK]
        here = set(pks) & set(touched)
        collector.read(approved.filter(pk__in=here))
        for facet in LINKS:
            collector.read_links(facet, here)
        groups |= _groups(
            approved.filter(translation_group__in=Item.objects.filter(pk__in=pks).values("translation_group"))
        )
    known = BitMap(collector.pks)
    fresh = {
        name: {key: pks & known for key, pks in collector.bitmaps(name).items()} for name in tuple(collector.lists)
    }
    values = {name: _replaced(index.values[name], touched, fresh[name]) for name in FACETS}
    fresher = replace(
        index,
        version=version,
        changed_at=content.changed_at,
        values=values,
        families=_families(values, vocabulary),
        vocabulary=vocabulary,
        months=_replaced(index.months, touched, fresh["month"]),
        published_months=_replaced(index.published_months, touched, fresh["published"]),
        days=collector.days,
        publish=collector.publish,
        expire=expire,
        groups=groups,
    )
    return fresher.with_items(touched, also={*siblings, *(sibling for pk in touched for sibling in groups.get(pk, ()))})
