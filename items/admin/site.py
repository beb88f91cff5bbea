"""The desk as a whole: its name, what it lists and in which order."""

import taggit.admin  # the registration that is undone below happens on import
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

SECTIONS = [
    (_("Items"), ["Item"]),
    (_("Vocabulary"), ["Keyword", "Theme", "ItemType", "Source", "Country"]),
    (_("People"), ["User", "Group"]),
]
"""Headings of the desk with their models, in the order of daily use."""


def sections(request: HttpRequest, app_label: str | None = None) -> list[dict]:
    """The list of models, grouped as editors think and not by app; what no section names comes last."""
    apps = admin.AdminSite.get_app_list(admin.site, request, app_label)
    if app_label:
        return apps
    found = {model["object_name"]: (app, model) for app in apps for model in app["models"]}
    wanted = [(heading, [found.pop(name) for name in names if name in found]) for heading, names in SECTIONS]
    listed = [
        {**models[0][0], "name": capfirst(heading), "models": [model for _app, model in models]}
        for heading, models in wanted
        if models
    ]
    rest = [{**app, "models": [m for m in app["models"] if m["object_name"] in found]} for app in apps]
    return listed + [app for app in rest if app["models"]]


# security: taggit's own admin lets people who may only look merge tags. Its tags are not used here.
assert taggit.admin
if admin.site.is_registered(Tag):
    admin.site.unregister(Tag)

admin.site.site_header = settings.SITE_NAME
admin.site.site_title = settings.SITE_NAME
admin.site.index_title = _("The editors’ desk")
admin.site.empty_value_display = "–"
admin.site.get_app_list = sections  # type: ignore[method-assign]
