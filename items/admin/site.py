"""The desk as a whole: its name, what it lists and in which order."""

import allauth.account.admin
import allauth.mfa.admin
import allauth.usersessions.admin
import taggit.admin  # the registrations that are undone below happen on import
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from items.admin import dashboard
from items.admin.editorial_calendar import editorial_calendar
from items.models import SiteSettings
from items.models.language import default_language

SECTIONS = [
    (_("Items"), ["Item", "Image", "ChecklistRule", "SearchMiss"]),
    (
        _("Vocabulary"),
        ["Keyword", "Theme", "ItemType", "Source", "Country", "Concept", "VocabularyChange"],
    ),
    (_("Site"), ["SiteSettings", "Page"]),
    (_("People"), ["User", "Invitation", "SignIn", "Group"]),
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
# security: allauth's would show the secrets behind codes, and let addresses be called confirmed.
assert allauth.account.admin
assert allauth.mfa.admin
assert allauth.usersessions.admin
for hidden in (Tag, EmailAddress, EmailConfirmation, Authenticator, UserSession):
    if admin.site.is_registered(hidden):
        admin.site.unregister(hidden)


def into_the_desk(request: HttpRequest, extra_context=None) -> HttpResponse:
    """Where Django's form for signing in was.

    security: only the way in, never a form. Django's takes a password alone, uncounted, also from whoever is signed in.
    """
    return redirect(get_next_redirect_url(request) or "admin:index")


def change_password(request: HttpRequest, extra_context=None) -> HttpResponse:
    """The one place where people change their password is their own account."""
    return redirect("account_change_password")


def front(request: HttpRequest, extra_context=None) -> HttpResponse:
    """The first page: the desk's own, above the list of models."""
    return admin.AdminSite.index(admin.site, request, {**dashboard.front(request), **(extra_context or {})})


def context_of(request: HttpRequest) -> dict:
    """What every page of the desk knows: the site's name as it is now."""
    context = admin.AdminSite.each_context(admin.site, request)
    name = SiteSettings.current().name(default_language())
    return {**context, "site_header": name, "site_title": name}


def addresses() -> list:
    """Those of the stock admin, after the desk's own."""
    view = admin.site.admin_view
    return [path("calendar/", view(editorial_calendar), name="calendar"), *admin.AdminSite.get_urls(admin.site)]


admin.site.index_title = _("The editors’ desk")
admin.site.empty_value_display = "–"
admin.site.login = secure_admin_login(into_the_desk)  # type: ignore[method-assign]
admin.site.password_change = change_password  # type: ignore[method-assign, assignment]
admin.site.get_urls = addresses  # type: ignore[method-assign]
admin.site.each_context = context_of  # type: ignore[method-assign]
admin.site.index = front  # type: ignore[method-assign, assignment]
admin.site.get_app_list = sections  # type: ignore[method-assign]
