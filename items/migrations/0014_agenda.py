"""Events that were moved say from when, and those that have ended are found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("items", "0013_tables")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="moved_from",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["ends_at"], name="items_event_ends"),
        ),
    ]
