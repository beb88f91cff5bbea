"""The one app."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save, pre_save
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
        self._watch_sign_in()
        item = import_string("items.models.item.about_to_appear")
        item.connect(import_string("items.checklist.refuse"))
        import_string("items.models.item.performed").connect(import_string("items.notices.tell"))

    def _watch_sign_in(self):
        log = "items.accounts.log"
        import_string("allauth.account.signals.user_logged_in").connect(import_string(f"{log}.came_in"))
        import_string("allauth.mfa.signals.authentication_failed").connect(import_string(f"{log}.wrong_second_factor"))
        session = import_string("allauth.usersessions.models.UserSession")
        pre_save.connect(import_string(f"{log}.shorten_session"), sender=session)
        user_logged_in.connect(import_string("items.accounts.middleware.begin"))
