"""Random archives and random questions for them, as hypothesis draws them, and how an archive is stored."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from hypothesis import strategies as st

from items.models import Country, Item, ItemKeyword, ItemType, Source, Theme
from tests.builders import AT, make_keyword, make_term

# Names of our own: whatever vocabulary the site ships stands beside them without items.
TREE = {"t-a": None, "t-b": "t-a", "t-c": "t-b", "t-d": "t-a", "t-e": None, "t-f": "t-e"}
TYPES = {"y-news": None, "y-call": "y-news", "y-event": None}
KEYWORDS = ["k one", "k two", "k three", "k four"]
SOURCES = ["s-one", "s-two"]
COUNTRIES = ["be", "fr", "nl"]
LANGUAGES = ["en", "fr", "nl"]
DATES = [None, date(2022, 12, 31), date(2023, 1, 1), date(2023, 4, 11), date(2023, 4, 30), date(2024, 2, 29)]
DATE_TEXTS = ["2022", "2023", "2023-01", "2023-04", "2023-04-11", "2023-04-12", "2024-02-29", "2025"]
WORDS = ["zebra", "giraffe"]
# What a query asks for: one of these sets of words side by side, and none of those words.
QUERIES = {
    "zebra": ([{"zebra"}], set()),
    "zebra giraffe": ([{"zebra", "giraffe"}], set()),
    "zebra OR giraffe": ([{"zebra"}, {"giraffe"}], set()),
    "zebra -giraffe": ([{"zebra"}], {"giraffe"}),
    "-zebra": ([set()], {"zebra"}),
}
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """An item to be: everything in words, so that hypothesis can print it."""

    language: str
    group: int
    type: str
    source: str | None
    status: str
    publish_hours: int
    expire_hours: int | None
    day: date | None
    themes: frozenset[str]
    keywords: frozenset[str]
    countries: frozenset[str]
    words: frozenset[str]


def some(values, **kwargs):
    return st.frozensets(st.sampled_from(sorted(values)), **kwargs)


def entries(*, groups=6, fewest=2):
    """Up to 16 items, one per language in each translation group."""
    entry = st.builds(
        Entry,
        language=st.sampled_from(LANGUAGES),
        group=st.integers(0, groups - 1),
        type=st.sampled_from(sorted(TYPES)),
        source=st.sampled_from([None, *SOURCES]),
        status=st.sampled_from(["approved"] * 9 + ["draft", "in_review", "withdrawn"]),
        publish_hours=st.sampled_from([-48, -24, -24, -1, 0, 1]),
        expire_hours=st.sampled_from([None, None, None, 0, 1, 24]),
        day=st.sampled_from(DATES),
        themes=some(TREE, max_size=3),
        keywords=some(KEYWORDS, max_size=3),
        countries=some(COUNTRIES, max_size=2),
        words=some(WORDS),
    )
    return st.lists(entry, min_size=fewest, max_size=16, unique_by=lambda entry: (entry.language, entry.group))


VALUES = {
    "q": st.sampled_from(sorted(QUERIES)),
    "theme": some(TREE, min_size=1, max_size=2),
    "keyword": some([name.replace(" ", "-") for name in KEYWORDS], min_size=1, max_size=2),
    "type": some(TYPES, min_size=1, max_size=1),
    "source": some(SOURCES, min_size=1, max_size=1),
    "country": some(COUNTRIES, min_size=1, max_size=2),
    "language": some(LANGUAGES, min_size=1, max_size=2),
    "year": some(["1999", "2022", "2023", "2024"], min_size=1, max_size=2),
    "from": st.sampled_from(DATE_TEXTS),
    "to": st.sampled_from(DATE_TEXTS),
}


@st.composite
def questions(draw, always=()):
    """Parameters by name. At most three are asked: with all of them hardly any question has an answer."""
    asked = draw(st.sets(st.sampled_from(sorted(VALUES)), max_size=1 if always else 3)) | {*always}
    question = {name: "" if name in ("q", "from", "to") else frozenset() for name in VALUES}
    question |= {name: draw(VALUES[name]) for name in sorted(asked)}
    # Words have an order of their own, which plain SQL does not know.
    sorts = ["newest", "oldest"] if question["q"] else ["", "newest", "oldest", "oldest"]
    return question | {"sort": draw(st.sampled_from(sorts))}


def make_vocabulary() -> dict[str, int]:
    """Primary keys of all terms by slug or code."""
    terms = {}
    for model, tree in ((Theme, TREE), (ItemType, TYPES)):
        for slug, parent in tree.items():
            terms[slug] = make_term(model, slug, parent=terms.get(parent))
    for name in KEYWORDS:
        terms[name] = make_keyword(name)
    for slug in SOURCES:
        terms[slug] = make_term(Source, slug)
    for code in COUNTRIES:
        terms[code] = Country.objects.get_or_create(code=code)[0]
    return {name: term.pk for name, term in terms.items()}


def store(archive: list[Entry], terms: dict[str, int]) -> None:
    """Write an archive in five statements."""
    groups = [uuid4() for _ in range(6)]
    items = Item.objects.bulk_create(_item(number, entry, groups, terms) for number, entry in enumerate(archive))
    pairs = list(zip(items, archive, strict=True))

    def link(model, values, item_column, term_column):
        model.objects.bulk_create(
            model(**{item_column: item.pk, term_column: terms[name]})
            for item, entry in pairs
            for name in sorted(getattr(entry, values))
        )

    link(Item.themes.through, "themes", "item_id", "theme_id")
    link(ItemKeyword, "keywords", "content_object_id", "tag_id")
    link(Item.countries.through, "countries", "item_id", "country_id")


def _item(number: int, entry: Entry, groups: list[UUID], terms: dict[str, int]) -> Item:
    publish_at = AT + entry.publish_hours * HOUR
    expire_at = None if entry.expire_hours is None else AT + entry.expire_hours * HOUR
    return Item(
        title=f"Item {number}",
        slug=f"item-{number}",
        summary=" ".join(sorted(entry.words)),
        language=entry.language,
        translation_group=groups[entry.group],
        type_id=terms[entry.type],
        source_id=terms.get(entry.source),
        status=entry.status,
        withdrawal_reason="Wrong." if entry.status == "withdrawn" else "",
        publish_at=publish_at,
        expire_at=expire_at if expire_at and expire_at > publish_at else None,
        publication_date=entry.day,
    )
