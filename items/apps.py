"""The one app."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

SEARCHED = ("Item", "Keyword", "KeywordAlias", "ItemKeyword", "Attachment")
"""Models whose rows the search index holds."""


class ItemsConfig(AppConfig):
    """Items and their vocabularies."""

    name = "items"
    verbose_name = _("Newsroom")

    def ready(self):
        # By name: the search needs the models, which do not exist yet when this module is read.
        sync = import_string("items.search.sync_on_commit")
        for model in SEARCHED:
            post_save.connect(sync, sender=self.get_model(model))
            post_delete.connect(sync, sender=self.get_model(model))
