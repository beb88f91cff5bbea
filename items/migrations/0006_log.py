"""On PostgreSQL, number many changes of one transaction quickly. See `items.models.change`."""

from django.db import migrations

from items.models.change import Logged


def renew(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for model in apps.get_app_config("items").get_models():
            for constraint in model._meta.constraints:
                if isinstance(constraint, Logged):
                    *functions, _trigger = constraint._statements(model, schema_editor)
                    for function in functions:
                        schema_editor.execute(function, params=None)


class Migration(migrations.Migration):
    dependencies = [("items", "0005_archive")]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
