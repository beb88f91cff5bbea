"""The one app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ItemsConfig(AppConfig):
    """Items and their vocabularies."""

    name = "items"
    verbose_name = _("newsroom")
