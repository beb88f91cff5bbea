"""A file of an item, as programs are told of it."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from items.api.address import absolute


class AttachmentSerializer(serializers.Serializer):
    """A file of an item."""

    id = serializers.IntegerField(source="pk", help_text="The file's number.")
    title = serializers.CharField(help_text="What it is called.")
    url = serializers.SerializerMethodField(help_text="Where to download it.")
    media_type = serializers.CharField(help_text="Its media type.")
    size = serializers.IntegerField(help_text="Its size in bytes.")
    language = serializers.CharField(help_text="The language it is written in; may be empty.")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, attachment) -> str:
        return absolute(reverse("items:attachment", args=[attachment.item_id, attachment.pk, attachment.name]))
