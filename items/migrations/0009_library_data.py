"""The lead images that items have, into the media library: each file once, described in the languages of its items."""

from hashlib import sha256

from django.db import migrations


def fill(apps, schema_editor):
    """Addresses stay as they are. A lost file becomes a picture all the same, so that nothing is forgotten."""
    Item, Image = apps.get_model("items", "Item"), apps.get_model("items", "Image")
    storage = Item._meta.get_field("lead_image").storage
    found = {}
    for item in Item.objects.exclude(lead_image="").order_by("pk").iterator(chunk_size=500):
        name = item.lead_image.name
        image = found.get(name)
        if image is None:
            checksum = sha256(storage.open(name).read()).hexdigest() if storage.exists(name) else ""
            image = found[name] = Image.objects.create(
                name=name,
                file=name,
                title=item.title[:200],
                texts={item.language: item.lead_image_alt},
                credit=item.lead_image_credit,
                width=item.lead_image_width or 1,
                height=item.lead_image_height or 1,
                checksum=checksum,
                words=f"{item.title[:200]} {item.lead_image_credit} {item.lead_image_alt}",
                at=item.created_at,
            )
        elif item.language not in image.texts:
            image.texts[item.language] = item.lead_image_alt
            image.words += " " + item.lead_image_alt
            image.save(update_fields=["texts", "words"])
        Item.objects.filter(pk=item.pk).update(picture=image)


class Migration(migrations.Migration):
    dependencies = [("items", "0008_library")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
