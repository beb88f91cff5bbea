"""What changed since a version, so that a copy kept elsewhere can stay in step.

Two things move what readers see: writing, which the change log numbers, and the clock, at whose stroke an item comes or
goes with nobody writing. A place in the changes therefore has two parts: a version, and an instant with a key. Items
whose moment passed since that instant are sent first, then what was written since that version.

Nothing here believes the place: it says only from where to look. What is sent is always what is true now, so that a
made-up place shows nothing that is not public.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers

from items import facets
from items.api.address import with_query
from items.api.country import CountryVocabulary
from items.api.errors import StartAgain
from items.api.item import FIELDS, item_data
from items.api.item_type import ItemTypeVocabulary
from items.api.keyword import KeywordVocabulary
from items.api.parameters import CONDITION, LANG, RESPONSE_HEADERS, Parameters, per_page_parameter
from items.api.source import SourceVocabulary
from items.api.term import Vocabulary
from items.api.theme import ThemeVocabulary
from items.api.view import ApiView, responses
from items.facets import FacetIndex
from items.facets.index import instant, month_of
from items.models import Change, Item

PER_PAGE, MAX_PER_PAGE = 100, 500
VOCABULARIES: dict[str, Vocabulary] = {
    Change.Kind.THEME: ThemeVocabulary(),
    Change.Kind.TYPE: ItemTypeVocabulary(),
    Change.Kind.KEYWORD: KeywordVocabulary(),
    Change.Kind.SOURCE: SourceVocabulary(),
    Change.Kind.COUNTRY: CountryVocabulary(),
}
KINDS = (Change.Kind.ITEM, *VOCABULARIES)
ITEM_FIELDS = tuple(name for name in FIELDS if name not in ("translations", "thread"))
"""Not `translations`: they change with other items. `translation_group` tells."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = 2**63 - 1
_END = instant(datetime.max.replace(tzinfo=UTC))


class Place(NamedTuple):
    """How far a copy has come."""

    archive: str
    version: int  # everything written up to here
    seen: int  # every moment up to here, in microseconds since 1970
    key: int  # at that very moment, items up to this primary key
    begun: int  # the version at which the copy began, before which it had nothing

    @property
    def text(self) -> str:
        plain = " ".join(str(part) for part in self)
        return "c" + urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def read_place(text: str) -> Place:
    """The place of its text. Raises ValueError for a text that none has."""
    if not text.startswith("c") or not text.isascii() or len(text) > 300:
        raise ValueError(text)
    plain = urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4)).decode("ascii")
    archive, *numbers = plain.split(" ")
    version, seen, key, begun = (int(number) for number in numbers)
    place = Place(archive, version, seen, key, begun)
    if place.text != text or place.seen > _END or not all(0 <= number <= _LAST for number in place[1:]):
        raise ValueError(text)
    return place


class ChangeSerializer(serializers.Serializer):
    """One thing that changed, as it is now."""

    kind = serializers.ChoiceField(choices=[str(kind) for kind in KINDS], help_text="What sort of thing it is.")
    id = serializers.IntegerField(help_text="Its number among things of its kind.")
    version = serializers.IntegerField(
        allow_null=True, help_text="The version it was last written at; null where the clock alone made it come or go."
    )
    deleted = serializers.BooleanField(
        help_text="Whether it can no longer be read: deleted, withdrawn, expired, or taken back. Drop it; it may also "
        "be one that you never had."
    )
    data = serializers.DictField(
        allow_null=True,
        help_text="An item as at its own address, without `translations`; a term as in its vocabulary, without "
        "`count`. Null when deleted.",
    )


class ChangesSerializer(serializers.Serializer):
    """What changed, in order."""

    version = serializers.IntegerField(help_text="The version of the content up to which this answer goes.")
    as_of = serializers.DateTimeField(default_timezone=UTC, help_text="The instant at which this answer was true.")
    more = serializers.BooleanField(help_text="Whether there is more now: go on at once. Else come back later.")
    next = serializers.URLField(help_text="Where to go on, now or later. Keep it.")
    results = ChangeSerializer(many=True, help_text="The changes.")


def passed(index: FacetIndex, place: Place, now: int) -> list[tuple[int, int]]:
    """(moment, item) for each approved item that came or went by the clock between the place and now, in order.

    Where the clock went back, those that came or went backwards, the latest first.
    """
    here, there = (place.seen, place.key), (now, _LAST)
    low, high = min(here, there), max(here, there)
    first, last = (month_of((_EPOCH + timedelta(microseconds=edge[0])).date()) for edge in (low, high))
    moments = [(index.publish[pk], pk) for m, pks in index.published_months.items() if first <= m <= last for pk in pks]
    moments += [(at, pk) for pk, at in index.expire.items()]
    return sorted((moment for moment in moments if low < moment <= high), reverse=here > there)


def _seen_by(version: int) -> int:
    """An instant by which a version was written, or earlier: from there on the clock may have moved what it left."""
    latest = Change.objects.filter(kind=Change.Kind.ITEM, version__lte=version).order_by("-version")
    keys = list(latest.values_list("key", flat=True)[:20])
    edited = Item.objects.filter(pk__in=keys).order_by("updated_at").values_list("updated_at", flat=True).first()
    return instant(edited) if edited else 0


def start(parameters: Parameters, index: FacetIndex, now: int) -> Place:
    """The place that `since` names: a token of an earlier answer, a bare version, or the very beginning."""
    text = parameters.params.get("since", "")
    nothing = Place(index.archive, 0, now, _LAST, index.version)
    if not text or text == "0":
        return nothing
    if text.isascii() and text.isdigit() and len(text) < 19:
        if int(text) > index.version:
            raise StartAgain
        return nothing._replace(version=int(text), seen=_seen_by(int(text)), key=0, begun=0)
    try:
        place = read_place(text)
    except ValueError:
        parameters.fault("since", _("This is neither a version nor a token. Take it from “next” of an answer."))
        return nothing
    if place.archive != index.archive or place.version > index.version:
        raise StartAgain
    return place


def changes_data(parameters: Parameters, *, language: str, at: datetime) -> dict:
    """What changed since the place that `since` names."""
    per_page = parameters.number("per_page", default=PER_PAGE, most=MAX_PER_PAGE)
    parameters.language()
    # The index is read before the rows: what is written meanwhile has a later version and comes next time.
    index, now = facets.current(at), instant(at)
    place = start(parameters, index, now)
    parameters.check()

    moments = passed(index, place, now)
    sent = moments[:per_page]
    entries: list[tuple[str, int, int | None]] = [
        (Change.Kind.ITEM, pk, None) for pk in dict.fromkeys(p for _, p in sent)
    ]
    if len(moments) > per_page:
        moment, pk = sent[-1]
        # With the clock gone back, "not yet passed again" is the key just before.
        place = place._replace(seen=moment, key=pk if (now, _LAST) > place[2:4] else max(pk - 1, 0))
        more = True
    else:
        place = place._replace(seen=now, key=_LAST)
        room = per_page - len(entries)
        written = Change.objects.filter(kind__in=KINDS, version__gt=place.version, version__lte=index.version)
        rows = list(written.order_by("version").values_list("kind", "key", "version")[: room + 1])
        more = len(rows) > room
        entries += rows[:room]
        reached = rows[room - 1][2] if more and room else place.version if more else index.version
        place = place._replace(version=reached)
    kept = {name: parameters.params[name] for name in ("per_page", "lang") if name in parameters.params}
    query = "&".join(f"{name}={value}" for name, value in {"since": place.text, **kept}.items())
    return {
        "version": place.version,
        "as_of": at,
        "more": more,
        "next": with_query(reverse("api:changes"), query),
        "results": _results(entries, index, place.begun, language=language, at=at),
    }


def _results(entries: list, index: FacetIndex, begun: int, *, language: str, at: datetime) -> list[dict]:
    """The entries with what each thing is now, in a fixed number of queries."""
    keys: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for kind, key, _version in entries:
        keys[kind].append(key)
    items = list(Item.objects.published(at).with_terms().filter(pk__in=keys[Change.Kind.ITEM]))
    data = {
        (Change.Kind.ITEM.value, row["id"]): row
        for row in item_data(items, wanted=ITEM_FIELDS, language=language, at=at)
    }
    for kind, vocabulary in VOCABULARIES.items():
        terms = vocabulary.public(index, keys[kind]) if keys[kind] else []
        serializer = vocabulary.serializer(terms, many=True, context={"language": language})
        data |= {(str(kind), row["id"]): row for row in serializer.data}
    return [
        {
            "kind": str(kind),
            "id": key,
            "version": version,
            "deleted": (kind, key) not in data,
            "data": data.get((kind, key)),
        }
        for kind, key, version in entries
        # A copy that began at a later version has nothing of this to drop.
        if (kind, key) in data or version is None or version > begun
    ]


class ChangesView(ApiView):
    """`/api/v1/changes/`."""

    known = ("lang", "since", "per_page")

    @extend_schema(
        operation_id="changes_list",
        summary="What changed since a version",
        description=(
            "For keeping a copy. Begin without `since`, go on with `next` while `more` is true, keep the last `next`, "
            "and ask there again later. Each thing is sent once, as it is now, however often it changed; things that "
            "can no longer be read are sent as `deleted`. An item that comes or goes by the clock is sent too."
        ),
        tags=["changes"],
        parameters=[
            OpenApiParameter(
                "since",
                {"type": "string", "example": "0"},
                description=(
                    "From where to go on: the token in `next` of an answer. A bare version does too; then some items "
                    "that came or went by the clock may be sent twice. Absent or `0`: everything."
                ),
            ),
            per_page_parameter(PER_PAGE, MAX_PER_PAGE),
            LANG,
            CONDITION,
            *RESPONSE_HEADERS,
        ],
        responses=responses(ChangesSerializer, 410),
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)

    def answer(self, parameters: Parameters, *, language: str, at: datetime, **kwargs) -> dict:
        return ChangesSerializer(changes_data(parameters, language=language, at=at)).data

    def links(self, data: dict) -> dict[str, str | None]:
        return {"next": data["next"]}
