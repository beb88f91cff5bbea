"""The addresses of the public site, under each language's prefix; those of machines and files have none."""

from django.urls import path

from items.feeds.atom import atom
from items.feeds.calendar import calendar, event
from items.feeds.csv import export
from items.feeds.json import json_feed
from items.feeds.rss import rss
from items.http import conditional
from items.views import front, item, listing, machines, media, review, suggest, vocabulary

app_name = "items"

urlpatterns = [
    path("", conditional(front.front), name="front"),
    path("news/", conditional(listing.listing), name="listing"),
    path("news/feed.rss", conditional(rss), name="rss"),
    path("news/feed.atom", conditional(atom), name="atom"),
    path("news/feed.json", conditional(json_feed), name="json"),
    path("news/calendar.ics", conditional(calendar), name="calendar"),
    path("news/export.csv", conditional(export), name="csv"),
    path("news/facets/<str:name>/", conditional(listing.facet), name="facet"),
    path("news/suggest", conditional(suggest.suggest), name="suggest"),
    path("news/<int:pk>/", item.item),
    path("news/<int:item_pk>/files/<int:pk>/<str:name>", media.attachment, name="attachment"),
    path("news/<int:pk>/<str:slug>/", conditional(item.item), name="item"),
    path("news/<int:pk>/<str:slug>/event.ics", conditional(event), name="event"),
    path("themes/", conditional(vocabulary.themes), name="themes"),
    path("themes/<str:slug>/", conditional(listing.theme), name="theme"),
    path("keywords/", conditional(vocabulary.keywords), name="keywords"),
    path("keywords/<str:slug>/", conditional(listing.keyword), name="keyword"),
]

without_language = [
    path("media/<path:name>", media.image),
    path("review/<str:token>/", review.review, name="review"),
    path("robots.txt", machines.robots),
    path("healthz", machines.healthz),
    path("readyz", machines.readyz),
]
