"""Give the database a name of its own, by which a copy of its content knows it again."""

from uuid import uuid4

from django.db import migrations


def name(apps, schema_editor):
    content, _made = apps.get_model("items", "ContentVersion").objects.get_or_create(pk=1)
    if not content.archive:
        content.archive = uuid4().hex
        content.save(update_fields=["archive"])


class Migration(migrations.Migration):
    dependencies = [("items", "0004_search")]

    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
