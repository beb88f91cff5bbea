"""The addresses of the public site, under each language's prefix; those of machines and files have none."""

from django.urls import path

from items.agenda import Agenda
from items.feeds.atom import atom
from items.feeds.calendar import calendar, event
from items.feeds.csv import export
from items.feeds.json import json_feed
from items.feeds.rss import rss
from items.http import conditional
from items.views import (
    briefing,
    data_table,
    events,
    follow,
    front,
    glossary,
    glossary_files,
    item,
    listing,
    look,
    machines,
    media,
    oembed,
    page,
    review,
    sitemap,
    suggest,
    vocabulary,
)

app_name = "items"

urlpatterns = [
    path("", conditional(front.front), name="front"),
    path("news/", conditional(listing.listing), name="listing"),
    path("news/feed.rss", conditional(rss), name="rss"),
    path("news/feed.atom", conditional(atom), name="atom"),
    path("news/feed.json", conditional(json_feed), name="json"),
    path("news/calendar.ics", conditional(calendar), name="calendar"),
    path("news/export.csv", conditional(export), name="csv"),
    path("news/briefing/", conditional(briefing.briefing), name="briefing"),
    path("news/briefing.pdf", conditional(briefing.pdf), name="briefing_pdf"),
    path("news/facets/<str:name>/", conditional(listing.facet), name="facet"),
    path("news/suggest", conditional(suggest.suggest), name="suggest"),
    path("news/<int:pk>/", item.item, name="item_by_number"),
    path("news/<int:pk>/share.png", conditional(look.item_share), name="share"),
    path("news/<int:item_pk>/files/<int:pk>/<str:name>", media.attachment, name="attachment"),
    path("news/<int:item_pk>/tables/<int:pk>/<str:name>", conditional(data_table.download), name="table"),
    path("news/<int:pk>/<str:slug>/", conditional(item.item), name="item"),
    path("news/<int:pk>/<str:slug>/event.ics", conditional(event), name="event"),
    path("themes/", conditional(vocabulary.themes), name="themes"),
    path("themes/<str:slug>/", conditional(listing.theme), name="theme"),
    path("keywords/", conditional(vocabulary.keywords), name="keywords"),
    path("keywords/<str:slug>/", conditional(listing.keyword), name="keyword"),
    path("feeds/", conditional(follow.follow), name="follow"),
    path("events/", conditional(events.events), name="events"),
    path("events/facets/<str:name>/", conditional(listing.facet), {"asked": Agenda}, name="events_facet"),
    path("glossary/", conditional(glossary.glossary), name="glossary"),
    path("glossary/<str:slug>/", conditional(glossary.term), name="term"),
    path("pages/<str:slug>/", conditional(page.page), name="page"),
    path("share.png", conditional(look.site_share), name="site_share"),
    path("opensearch.xml", conditional(machines.opensearch), name="opensearch"),
    path("site.webmanifest", conditional(machines.manifest), name="manifest"),
]

without_language = [
    path("glossary/glossary.ttl", conditional(glossary_files.turtle), name="glossary_turtle"),
    path("glossary/glossary.rdf", conditional(glossary_files.rdf_xml), name="glossary_rdf"),
    path("glossary/glossary.json", conditional(glossary_files.as_data), name="glossary_json"),
    path("media/<path:name>", media.image),
    path("review/<str:token>/", review.review, name="review"),
    path("robots.txt", machines.robots),
    path(".well-known/security.txt", conditional(machines.security), name="security"),
    path("sitemap.xml", conditional(sitemap.index), name="sitemap"),
    path("sitemap-pages.xml", conditional(sitemap.pages), name="sitemap_pages"),
    path("sitemap-news.xml", conditional(sitemap.news), name="sitemap_news"),
    path("sitemap-<int:year>-<int:part>.xml", conditional(sitemap.year), name="sitemap_year"),
    path("site.css", conditional(look.colours), name="colours"),
    path("icon.svg", conditional(look.icon_svg), name="icon_svg"),
    path("icon-<str:name>.png", conditional(look.icon), name="icon"),
    path("apple-touch-icon.png", conditional(look.touch_icon), name="touch_icon"),
    path("favicon.ico", conditional(look.favicon), name="favicon"),
    path("oembed", oembed.oembed, name="oembed"),
    path("healthz", machines.healthz),
    path("readyz", machines.readyz),
]
