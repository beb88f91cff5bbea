"""The same questions answered by hand-written SQL and sets, to hold `Listing` against.

Nothing here goes through the models or ItemFilter: which table holds what, what is visible and what a term covers is
spelt once more.
"""

from dataclasses import dataclass

from django.db import connection

from tests.builders import AT
from tests.listing.archive import QUERIES

_FAMILY = """
    WITH RECURSIVE family(top, id) AS (
        SELECT id, id FROM {tree}
        UNION ALL SELECT family.top, child.id FROM {tree} child JOIN family ON child.parent_id = family.id
    )
    SELECT DISTINCT term.slug, {link} FROM family JOIN {tree} term ON term.id = family.top JOIN {rows}
"""
# (value, item) pairs of each facet.
PAIRS = {
    "theme": _FAMILY.format(
        tree="items_theme", link="link.item_id", rows="items_item_themes link ON link.theme_id = family.id"
    ),
    "keyword": "SELECT word.slug, link.content_object_id FROM items_itemkeyword link "
    "JOIN items_keyword word ON word.id = link.tag_id",
    "type": _FAMILY.format(tree="items_itemtype", link="item.id", rows="items_item item ON item.type_id = family.id"),
    "source": "SELECT source.slug, item.id FROM items_item item JOIN items_source source ON source.id = item.source_id",
    "country": "SELECT country.code, link.item_id FROM items_item_countries link "
    "JOIN items_country country ON country.id = link.country_id",
    "language": "SELECT language, id FROM items_item",
    "year": "SELECT SUBSTR(CAST(publication_date AS TEXT), 1, 4), id FROM items_item "
    "WHERE publication_date IS NOT NULL",
}
VISIBLE = """
    SELECT id, language, CAST(translation_group AS TEXT), CAST(publication_date AS TEXT), publish_at, summary
    FROM items_item
    WHERE status = 'approved' AND publish_at <= %s AND (expire_at IS NULL OR expire_at > %s)
"""


@dataclass(frozen=True)
class Row:
    pk: int
    language: str
    group: str
    day: str | None
    publish_at: object
    summary: str


def _rows(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


class Oracle:
    """What a question must bring."""

    def __init__(self, question: dict, *, language: str):
        self.question, self.language = question, language
        moment = connection.ops.adapt_datetimefield_value(AT)
        self.visible = [Row(*row) for row in _rows(VISIBLE, moment, moment)]
        self.members: dict[str, dict[str, set[int]]] = {name: {} for name in PAIRS}
        for name, sql in PAIRS.items():
            for value, pk in _rows(sql):
                self.members[name].setdefault(value, set()).add(pk)

    @property
    def is_valid(self) -> bool:
        """Whether the end does not lie before the start; every value of a question exists."""
        start, end = self.question["from"], self.question["to"]
        shared = min(len(start), len(end))
        return start[:shared] <= end[:shared]

    def _versions(self) -> list[Row]:
        """One row of each translation group: in the reader's language, else the first made."""
        groups: dict[str, list[Row]] = {}
        for row in sorted(self.visible, key=lambda row: (row.language != self.language, row.pk)):
            groups.setdefault(row.group, []).append(row)
        return [rows[0] for rows in groups.values()]

    def _has_words(self, row: Row, alone: bool) -> bool:
        """Whether a row has the words asked for; unless it counts alone, its other versions may have them instead."""
        wanted, unwanted = QUERIES[self.question["q"]]
        versions = [row] if alone else [other for other in self.visible if other.group == row.group]
        texts = [set(version.summary.split()) for version in versions]
        has_wanted = any(words <= text for words in wanted for text in texts)
        return has_wanted and not any(unwanted & text for text in texts)

    def matching(self, leaving_out: str = "") -> list[Row]:
        """The rows that all filters but one leave."""
        names_languages = leaving_out == "language" or self.question["language"]
        rows = self.visible if names_languages else self._versions()
        if self.question["q"]:
            rows = [row for row in rows if self._has_words(row, alone=bool(names_languages))]
        for name in PAIRS:
            if self.question[name] and name != leaving_out:
                chosen = set().union(*(self.members[name].get(value, set()) for value in self.question[name]))
                rows = [row for row in rows if row.pk in chosen]
        start, end = self.question["from"], self.question["to"]
        # ISO dates compare as text; a partial date is compared with as much of the day as it gives.
        if start:
            rows = [row for row in rows if row.day and row.day[: len(start)] >= start]
        if end:
            rows = [row for row in rows if row.day and row.day[: len(end)] <= end]
        return rows

    def ordered(self) -> list[int]:
        """The keys of the items in order; undated last either way."""
        rows = sorted(self.matching(), key=lambda row: row.pk)
        latest_first = self.question["sort"] != "oldest"
        if latest_first:
            rows.reverse()
        rows.sort(key=lambda row: row.publish_at, reverse=latest_first)
        rows.sort(key=lambda row: row.day or "", reverse=latest_first)
        return [row.pk for row in rows if row.day] + [row.pk for row in rows if not row.day]

    def counts(self, name: str) -> dict[str, int]:
        """Items by value, the facet's own selection left out; chosen values stay with zero."""
        here = {row.pk for row in self.matching(leaving_out=name)}
        counts = {value: len(pks & here) for value, pks in self.members[name].items()}
        return {v: n for v, n in counts.items() if n} | {v: counts.get(v, 0) for v in self.question[name]}
