"""What the roles may do at the desk beyond what they could."""

from django.db import migrations

from items.migrations._grants import grants
from items.models.source_address import address_key

# By group: permissions of the app `items`.
GRANTS = {
    "Author": ["add_image", "change_image", "view_image"],
    "Editor": [
        "add_image", "change_image", "delete_image", "view_image", "remove_item", "view_checklistrule", "view_searchmiss",
    ],
    "Administrator": [
        "add_image", "change_image", "delete_image", "view_image", "remove_item", "change_checklistrule",
        "view_checklistrule", "view_searchmiss",
    ],
}
# Who may change what a group may do could give themselves anything: that is for superusers alone.
TAKEN = {"Administrator": ["add_group", "change_group", "delete_group"]}


def take(apps, schema_editor):
    """What a role may no longer do."""
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in TAKEN.items():
        for found in group.objects.filter(name=name):
            found.permissions.remove(
                *permission.objects.filter(content_type__app_label="auth", codename__in=codenames)
            )


def fill_source_keys(apps, schema_editor):
    """The keys of the addresses that items have already, a few thousand rows at a time."""
    items = apps.get_model("items", "Item").objects.exclude(source_url="").only("pk", "source_url").order_by("pk")
    last = 0
    while batch := list(items.filter(pk__gt=last)[:2000]):
        for item in batch:
            item.source_key = address_key(item.source_url)
        items.bulk_update(batch, ["source_key"], batch_size=300)
        last = batch[-1].pk


def fill_image_uses(apps, schema_editor):
    """Which items show which pictures: as yet as lead images only."""
    item, use = apps.get_model("items", "Item"), apps.get_model("items", "ImageUse")
    pairs = item.objects.filter(picture__isnull=False).values_list("pk", "picture")
    use.objects.bulk_create((use(item_id=pk, image_id=image) for pk, image in pairs), batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("items", "0010_desk")]

    operations = [
        migrations.RunPython(fill_image_uses, migrations.RunPython.noop),
        grants(GRANTS),
        migrations.RunPython(take, migrations.RunPython.noop),
        migrations.RunPython(fill_source_keys, migrations.RunPython.noop),
    ]
