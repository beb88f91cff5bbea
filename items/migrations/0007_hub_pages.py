from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("items", "0006_log")]

    operations = [
        migrations.AddField(
            "hubstate",
            "pages",
            models.JSONField(default=dict, help_text="By language and theme: a digest of a feed's first page."),
        )
    ]
