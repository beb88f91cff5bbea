"""The addresses of the public site, under each language's prefix; those of machines and files have none."""

from django.urls import path

from items.feeds.atom import atom
from items.feeds.rss import rss
from items.views import front, item, listing, machines, media, vocabulary

app_name = "items"

urlpatterns = [
    path("", front.front, name="front"),
    path("news/", listing.listing, name="listing"),
    path("news/feed.rss", rss, name="rss"),
    path("news/feed.atom", atom, name="atom"),
    path("news/facets/<str:name>/", listing.facet, name="facet"),
    path("news/<int:pk>/", item.item),
    path("news/<int:item_pk>/files/<int:pk>/<str:name>", media.attachment, name="attachment"),
    path("news/<int:pk>/<str:slug>/", item.item, name="item"),
    path("themes/", vocabulary.themes, name="themes"),
    path("themes/<str:slug>/", listing.theme, name="theme"),
    path("keywords/", vocabulary.keywords, name="keywords"),
    path("keywords/<str:slug>/", listing.keyword, name="keyword"),
]

without_language = [
    path("media/<path:name>", media.image),
    path("robots.txt", machines.robots),
    path("healthz", machines.healthz),
    path("readyz", machines.readyz),
]
