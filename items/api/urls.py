"""The addresses of the API. They have no language prefix: `lang` names the reader's language."""

from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from items.api.change import ChangesView
from items.api.country import CountryListView
from items.api.documentation import documentation
from items.api.item import ItemView
from items.api.item_type import ItemTypeListView
from items.api.keyword import KeywordListView
from items.api.listing import ItemListView
from items.api.schema import OpenApiView
from items.api.source import SourceListView
from items.api.theme import ThemeListView
from items.api.view import NotFound
from items.http import conditional

app_name = "api"

urlpatterns = [
    path("", csrf_exempt(conditional(documentation)), name="documentation"),
    path("v1/openapi.json", OpenApiView.as_view(), name="openapi"),
    path("v1/items/", ItemListView.as_view(), name="items"),
    path("v1/items/<int:id>/", ItemView.as_view(), name="item"),
    path("v1/themes/", ThemeListView.as_view(), name="themes"),
    path("v1/keywords/", KeywordListView.as_view(), name="keywords"),
    path("v1/types/", ItemTypeListView.as_view(), name="types"),
    path("v1/sources/", SourceListView.as_view(), name="sources"),
    path("v1/countries/", CountryListView.as_view(), name="countries"),
    path("v1/changes/", ChangesView.as_view(), name="changes"),
    re_path("^.*$", NotFound.as_view(), name="not-found"),
]
