"""The root of all addresses: the admin, machines' files, and the public site in every language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from items.urls import without_language

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("items.api.urls")),
    *without_language,
    *i18n_patterns(
        path("accounts/", include("items.accounts.urls")),
        path("", include("items.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "items.views.errors.bad_request"
handler403 = "items.views.errors.forbidden"
handler404 = "items.views.errors.not_found"
handler500 = "items.views.errors.server_error"
