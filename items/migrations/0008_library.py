"""The media library, empty. The pictures that items have move into it next, before their columns go."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import items.models.fields
import items.models.image

SHARE = [django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)]


class Migration(migrations.Migration):
    dependencies = [
        ("items", "0007_hub_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Image",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(editable=False, max_length=200, unique=True)),
                (
                    "file",
                    models.FileField(max_length=200, upload_to=items.models.image.image_path, verbose_name="file"),
                ),
                (
                    "title",
                    items.models.fields.LineField(
                        help_text="For finding it again; readers do not see it.", max_length=200, verbose_name="title"
                    ),
                ),
                ("texts", models.JSONField(blank=True, default=dict, verbose_name="alternative text")),
                (
                    "is_decorative",
                    models.BooleanField(
                        default=False,
                        help_text="It says nothing that the text does not: people who cannot see it miss nothing.",
                        verbose_name="decorative",
                    ),
                ),
                (
                    "credit",
                    items.models.fields.LineField(
                        blank=True,
                        help_text="Who made the image, and its licence.",
                        max_length=200,
                        verbose_name="credit",
                    ),
                ),
                (
                    "focal_x",
                    models.FloatField(
                        default=0.5, validators=SHARE, verbose_name="centre of interest, from the left"
                    ),
                ),
                (
                    "focal_y",
                    models.FloatField(default=0.5, validators=SHARE, verbose_name="centre of interest, from the top"),
                ),
                ("words", models.TextField(default="", editable=False)),
                ("width", models.PositiveIntegerField(editable=False)),
                ("height", models.PositiveIntegerField(editable=False)),
                ("checksum", models.CharField(db_index=True, editable=False, max_length=64)),
                ("version", models.CharField(default="", editable=False, max_length=16)),
                ("renditions", models.JSONField(default=list, editable=False)),
                ("is_complete", models.BooleanField(default=False, editable=False)),
                (
                    "at",
                    models.DateTimeField(
                        db_index=True, default=django.utils.timezone.now, editable=False, verbose_name="uploaded"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "image",
                "verbose_name_plural": "images",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                        name="items_image_focal_inside",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="item",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="items.image",
                verbose_name="lead image",
            ),
        ),
    ]
