"""What migrations give to the groups of the desk."""

from django.contrib.auth.management import create_permissions
from django.db import migrations


def grants(by_group):
    """An operation that gives permissions of the app `items`, as `{"Editor": ["view_page", …]}`, to groups by name."""

    def grant(apps, schema_editor):
        # Permissions are made after all migrations; the groups need them now (as in 0002_vocabulary).
        app_config = apps.get_app_config("items")
        app_config.models_module = True
        create_permissions(app_config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
        app_config.models_module = None
        group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
        for name, codenames in by_group.items():
            for found in group.objects.filter(name=name):
                found.permissions.add(
                    *permission.objects.filter(content_type__app_label="items", codename__in=codenames)
                )

    return migrations.RunPython(grant, migrations.RunPython.noop)
