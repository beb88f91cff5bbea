"""A table of figures of an item, as programs are told of it."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from items.api.address import absolute
from items.tables import file_name, table_of


class ColumnSerializer(serializers.Serializer):
    """A column of figures."""

    name = serializers.CharField(help_text="Its heading, without the unit that the CSV file puts after it.")
    is_percentage = serializers.BooleanField(help_text="Whether its numbers are percentages.")


class RowSerializer(serializers.Serializer):
    """A row of figures."""

    label = serializers.CharField(help_text="What it is about: a period or a category.")
    values = serializers.ListField(
        child=serializers.CharField(allow_null=True),
        help_text="A number for each column, as a decimal text so that none is rounded; null where none is published.",
    )
    signs = serializers.ListField(
        child=serializers.CharField(allow_blank=True),
        help_text="For each null the sign that stands in its place, such as `:` or `<5`; else empty.",
    )


class DataTableSerializer(serializers.Serializer):
    """A table of figures."""

    id = serializers.IntegerField(source="pk", help_text="The table's number.")
    caption = serializers.CharField(help_text="Its title.")
    unit = serializers.CharField(help_text="What its numbers count; may be empty.")
    period = serializers.CharField(help_text="The reference period in words; may be empty.")
    source = serializers.CharField(help_text="Whose figures they are; may be empty.")
    notes = serializers.CharField(help_text="What to know about them; may be empty.")
    url = serializers.SerializerMethodField(help_text="Where to download it as CSV, with units in its headings.")
    columns = serializers.SerializerMethodField(help_text="Its columns of figures.")
    rows = serializers.SerializerMethodField(help_text="Its rows, in their order.")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, stored) -> str:
        return absolute(reverse("items:table", args=[stored.item_id, stored.pk, file_name(stored)]))

    @extend_schema_field(ColumnSerializer(many=True))
    def get_columns(self, stored) -> list[dict]:
        columns = table_of(stored).columns
        return [{"name": column.name, "is_percentage": column.is_percentage} for column in columns]

    @extend_schema_field(RowSerializer(many=True))
    def get_rows(self, stored) -> list[dict]:
        return [
            {
                "label": row.label,
                "values": [None if cell.value is None else f"{cell.value:f}" for cell in row.cells],
                "signs": [cell.mark for cell in row.cells],
            }
            for row in table_of(stored).rows
        ]
