"""An item: what programs are told of it, and its own address."""

from collections.abc import Collection
from datetime import UTC, datetime

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers

from items.api.address import absolute
from items.api.attachment import AttachmentSerializer
from items.api.data_table import DataTableSerializer
from items.api.errors import Gone, Moved
from items.api.parameters import CONDITION, LANG, RESPONSE_HEADERS, Parameters
from items.api.term import TermReferenceSerializer
from items.api.view import ApiView, responses
from items.drawing import Bodies
from items.models import Item, Relation
from items.threads import threads_of

LONG = ("body", "tables", "attachments", "translations", "corrections", "thread")
"""The fields that a list leaves out unless they are asked for."""


class _Instant(serializers.DateTimeField):
    """An instant in UTC, whatever zone the site shows."""

    def __init__(self, **kwargs):
        super().__init__(default_timezone=UTC, **kwargs)


class EventSerializer(serializers.Serializer):
    """When and where an event is."""

    starts_at = _Instant(help_text="When it starts.")
    ends_at = _Instant(allow_null=True, help_text="When it ends; null when unknown.")
    all_day = serializers.BooleanField(help_text="Whether only the dates count.")
    start_date = serializers.DateField(help_text="The first day, in the site's own time zone.")
    end_date = serializers.DateField(help_text="The last day, included.")
    place = serializers.CharField(help_text="Where it is; may be empty.")
    online_url = serializers.CharField(help_text="Where to follow it online; may be empty.")
    registration_url = serializers.CharField(help_text="Where to register; may be empty.")
    is_cancelled = serializers.BooleanField(help_text="Whether it will not take place after all.")
    moved_from = _Instant(allow_null=True, help_text="When it was to start, as said before; null if it was not moved.")


class ImageSerializer(serializers.Serializer):
    """The lead image of an item."""

    url = serializers.SerializerMethodField(help_text="Where it is.")
    width = serializers.IntegerField(source="picture.width", allow_null=True, help_text="In pixels.")
    height = serializers.IntegerField(source="picture.height", allow_null=True, help_text="In pixels.")
    alt = serializers.SerializerMethodField(help_text="What it shows, for who cannot see it.")
    credit = serializers.CharField(source="picture.credit", help_text="Who made it; may be empty.")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, item) -> str:
        return absolute(item.picture.url)

    def get_alt(self, item) -> str:
        return item.picture.alt(item.language)


class TranslationSerializer(serializers.Serializer):
    """The same in another language."""

    id = serializers.IntegerField(source="pk", help_text="The item's number.")
    language = serializers.CharField(help_text="The language it is written in.")
    title = serializers.CharField(help_text="Its title.")
    api_url = serializers.SerializerMethodField(help_text="Its address in this API.")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_api_url(self, item) -> str:
        return absolute(reverse("api:item", args=[item.pk]))


class CorrectionSerializer(serializers.Serializer):
    """What readers are told of a major change."""

    at = _Instant(help_text="When it was made.")
    note = serializers.CharField(help_text="Plain text: what was corrected.")


class StepSerializer(serializers.Serializer):
    """An item in the story that goes on."""

    id = serializers.IntegerField(source="item.pk", help_text="The item's number.")
    relation = serializers.ChoiceField(
        choices=["", *Relation.values],
        help_text=(
            "What it is to an earlier one: it `follows` it, `updates` it, or is the `same` release in another form; "
            "empty for the first."
        ),
    )
    update_number = serializers.IntegerField(
        source="ordinal", help_text="Which update of its release it is, from 1; 0 for what is no update."
    )
    is_current = serializers.BooleanField(help_text="Whether it is the item that was asked for.")
    language = serializers.CharField(source="item.language", help_text="The language it is written in.")
    title = serializers.CharField(source="item.title", help_text="Its title.")
    publication_date = serializers.DateField(
        source="item.publication_date", allow_null=True, help_text="The date shown to readers; null when unknown."
    )
    api_url = serializers.SerializerMethodField(help_text="Its address in this API.")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_api_url(self, step) -> str:
        return absolute(reverse("api:item", args=[step.item.pk]))


class ItemSerializer(serializers.Serializer):
    """One piece of content in one language."""

    id = serializers.IntegerField(source="pk", read_only=True, help_text="The item's number; it never changes.")
    uuid = serializers.CharField(
        source="urn", read_only=True, help_text="Its permanent identifier, `urn:uuid:…`, as in feeds."
    )
    url = serializers.SerializerMethodField(help_text="Its page.")
    api_url = serializers.SerializerMethodField(help_text="Its address in this API.")
    status = serializers.ChoiceField(
        choices=["published", "withdrawn"],
        source="public_status",
        read_only=True,
        help_text="`withdrawn` items are in no list; their own address goes on answering, with the reason.",
    )
    withdrawal_reason = serializers.CharField(
        source="public_reason", read_only=True, help_text="Why it was withdrawn; empty unless it was."
    )
    language = serializers.CharField(read_only=True, help_text="The language it is written in, ISO 639-1.")
    translation_group = serializers.UUIDField(
        read_only=True, help_text="Items that say the same in other languages have the same."
    )
    type = TermReferenceSerializer(read_only=True, help_text="What sort of item it is.")
    title = serializers.CharField(read_only=True, help_text="Plain text, one line.")
    summary = serializers.CharField(read_only=True, help_text="Plain text; may be empty.")
    body = serializers.CharField(
        source="drawn_body", read_only=True, help_text="HTML of a few safe elements; may be empty."
    )
    publication_date = serializers.DateField(
        read_only=True, allow_null=True, help_text="The date shown to readers; null when unknown."
    )
    published_at = _Instant(source="publish_at", read_only=True, help_text="When it became visible.")
    updated_at = _Instant(read_only=True, help_text="When it was last edited, be it by a comma.")
    revised_at = _Instant(
        read_only=True, allow_null=True, help_text="When it was last changed in substance; null if it never was."
    )
    source = TermReferenceSerializer(
        read_only=True, allow_null=True, help_text="The organisation whose information it relays."
    )
    source_url = serializers.CharField(read_only=True, help_text="The address of the original; may be empty.")
    themes = serializers.SerializerMethodField(help_text="Its themes.")
    keywords = serializers.SerializerMethodField(help_text="Its keywords.")
    countries = serializers.SerializerMethodField(help_text="The countries it is about.")
    image = serializers.SerializerMethodField(help_text="Its lead image, if it has one.")
    event = EventSerializer(read_only=True, allow_null=True, default=None, help_text="For an event: when and where.")
    tables = DataTableSerializer(source="tables.all", many=True, read_only=True, help_text="Its tables of figures.")
    attachments = AttachmentSerializer(source="attachments.all", many=True, read_only=True, help_text="Its files.")
    translations = serializers.SerializerMethodField(help_text="The same in other languages.")
    corrections = CorrectionSerializer(
        source="corrections.all",
        many=True,
        read_only=True,
        help_text="What was changed in substance, the latest first.",
    )
    thread = serializers.SerializerMethodField(
        help_text="The story that it goes on with or that goes on with it, in the order of time; empty where none does."
    )

    def __init__(self, *args, wanted: Collection[str] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if wanted is not None and name not in wanted]:
            del self.fields[name]

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, item) -> str:
        return absolute(item.get_absolute_url())

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_api_url(self, item) -> str:
        return absolute(reverse("api:item", args=[item.pk]))

    def _terms(self, terms) -> list[dict]:
        language = self.context["language"]
        named = ({"id": term.pk, "value": term.slug, "label": term.label(language)} for term in terms)
        return sorted(named, key=lambda term: term["value"])

    @extend_schema_field(TermReferenceSerializer(many=True))
    def get_themes(self, item) -> list[dict]:
        return self._terms(item.themes.all())

    @extend_schema_field(TermReferenceSerializer(many=True))
    def get_keywords(self, item) -> list[dict]:
        return self._terms(item.keywords.all())

    @extend_schema_field(TermReferenceSerializer(many=True))
    def get_countries(self, item) -> list[dict]:
        return self._terms(item.countries.all())

    @extend_schema_field(ImageSerializer(allow_null=True))
    def get_image(self, item) -> dict | None:
        return ImageSerializer(item).data if item.picture else None

    @extend_schema_field(TranslationSerializer(many=True))
    def get_translations(self, item) -> list[dict]:
        return TranslationSerializer(self.context["translations"].get(item.pk, []), many=True).data

    @extend_schema_field(StepSerializer(many=True))
    def get_thread(self, item) -> list[dict]:
        return list(StepSerializer(self.context["threads"].get(item.pk, []), many=True).data)


FIELDS = tuple(ItemSerializer().fields)
FIELDS_PARAMETER = OpenApiParameter(
    "fields",
    {
        "type": "string",
        "pattern": f"^({'|'.join(FIELDS)})(,({'|'.join(FIELDS)}))*$",
        "example": "id,title,publication_date",
    },
    description="The fields wanted of each item, divided by commas. The fewer, the sooner the answer comes.",
)


def translations_of(items: list[Item], at: datetime) -> dict[int, list[Item]]:
    """The published items that say the same in other languages, by item, in one query."""
    groups: dict = {}
    for other in Item.objects.published(at).filter(translation_group__in={i.translation_group for i in items}):
        groups.setdefault(other.translation_group, []).append(other)
    order = [(item, groups.get(item.translation_group, [])) for item in items]
    return {item.pk: sorted((o for o in found if o != item), key=lambda o: o.pk) for item, found in order}


def item_data(items: list[Item], *, wanted: Collection[str], language: str, at: datetime) -> list[dict]:
    """The wanted fields of items that came by `with_terms()`, in a fixed number of queries."""
    prefetch_related_objects(items, *(name for name in ("attachments", "corrections", "tables") if name in wanted))
    bodies = Bodies(items if "body" in wanted else [], at=at, plainly=True)
    for item in items:
        item.drawn_body = bodies.of(item) if "body" in wanted else ""  # type: ignore[attr-defined]
        item.public_status = "withdrawn" if item.is_withdrawn else "published"  # type: ignore[attr-defined]
        # A reason may have been written for a withdrawal that was taken back.
        item.public_reason = item.withdrawal_reason if item.is_withdrawn else ""  # type: ignore[attr-defined]
    context = {
        "language": language,
        "translations": translations_of(items, at) if "translations" in wanted else {},
        "threads": threads_of(items, at=at, also=items) if "thread" in wanted else {},
    }
    return list(ItemSerializer(items, many=True, wanted=wanted, context=context).data)


class ItemView(ApiView):
    """`/api/v1/items/<id>/`."""

    known = ("lang", "fields")

    @extend_schema(
        operation_id="items_retrieve",
        summary="One item",
        description=(
            "An item with all its fields. A withdrawn item goes on answering here, with `status` `withdrawn` and the "
            "reason; one that was removed answers 410, or 301 to the item that replaces it; any other that is not "
            "published answers 404."
        ),
        tags=["items"],
        parameters=[
            OpenApiParameter(
                "id",
                {"type": "integer", "minimum": 1, "maximum": 2**63 - 1, "example": 1},
                OpenApiParameter.PATH,
                description="The item's number.",
            ),
            FIELDS_PARAMETER,
            LANG,
            CONDITION,
            *RESPONSE_HEADERS,
        ],
        responses=responses(ItemSerializer, 404, 410, moves="It was removed, and another item replaces it."),
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)

    def answer(self, parameters: Parameters, *, language: str, at: datetime, **kwargs) -> dict:
        wanted = parameters.names("fields", FIELDS)
        parameters.language()
        parameters.check()
        item = Item.objects.readable(at).with_terms().filter(pk=kwargs["id"]).first()
        if item is None:
            raise _absence(kwargs["id"], at)
        return item_data([item], wanted=wanted or FIELDS, language=language, at=at)[0]


def _absence(pk: int, at: datetime) -> Exception:
    """Why there is no such item to read: it was removed, replaced by another, or never public."""
    removed = Item.objects.removed(at).select_related("replaced_by").filter(pk=pk).first()
    if removed is None:
        return Http404(_("There is no such item."))
    other = removed.leads_to(at)
    return Moved(absolute(reverse("api:item", args=[other.pk]))) if other else Gone()
