"""The listing page, and the page of all values of one facet."""

from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from items import search
from items.facets import Order
from items.http import read_only
from items.listing import Listing
from items.models import Keyword, Theme
from items.page import page_links, page_query, render_page, with_query


def _title(listing: Listing, term) -> str:
    if term:
        return term.label(listing.language)
    if not listing.is_valid:
        return _("Filters that are not understood")
    return (listing.words[:1].upper() + listing.words[1:]) or _("News")


def _trail(listing: Listing, term, name: str) -> list[tuple[str, str]]:
    """The way to a listing: over all news, or over the index of its vocabulary and the wider terms."""
    news = (_("News"), reverse("items:listing"))
    if not term:
        return [news, (name, with_query(news[1], listing.query))] if listing.query else [news]
    kind = "theme" if isinstance(term, Theme) else "keyword"
    steps = []
    while term:
        steps.append((term.label(listing.language), _page_of(term)))
        term = getattr(term, "parent", None)
    index = (_("Themes"), reverse("items:themes")) if kind == "theme" else (_("Keywords"), reverse("items:keywords"))
    return [index, *reversed(steps)]


def _only_term(listing: Listing):
    """The theme or keyword that is all that was asked for: its own page shows the same."""
    if len(listing.parameters) != 1 or not listing.is_valid:
        return None
    ((name, _slug),) = listing.parameters
    return listing.chosen[name][0] if name in ("theme", "keyword") else None


def _page_of(term) -> str:
    return reverse("items:theme" if isinstance(term, Theme) else "items:keyword", args=[term.slug])


def render_listing(request: HttpRequest, listing: Listing, *, number: str = "", term=None) -> HttpResponse:
    """A page of a listing. With `term`, the page of that theme or keyword: its address has no query string."""
    try:
        links = page_links(listing, number if listing.is_valid else "")
    except EmptyPage:
        raise Http404(_("This listing has no such page.")) from None
    page = links["page"]
    name = _title(listing, term)
    orders = [
        {
            "value": value,
            "label": label,
            "query": listing.query_with(sort=value if value != listing.orders[0].value else None),
            "selected": value == listing.sort,
        }
        for value, label in listing.filter.filters["sort"].extra["choices"]
        if Order(value) in listing.orders
    ]
    context = {
        "listing": listing,
        "orders": orders,
        **links,
        "title": name if page.number == 1 else _("%(title)s, page %(number)d") % {"title": name, "number": page.number},
        "term": term,
    }
    # One page has one address for search engines: that of its term, where it has one.
    only = None if term or page.number > 1 else _only_term(listing)
    return render_page(
        request,
        "items/listing.html",
        context,
        query="" if term or only else page_query(listing, page.number),
        path=_page_of(only) if only else None,
        feed_query=listing.query,
        noindex=not listing.is_valid or (listing.total == 0 and not term) or listing.is_narrow,
        trail=_trail(listing, term or only, name),
    )


@read_only
def listing(request: HttpRequest) -> HttpResponse:
    """`/news/`: whatever the query string asks for."""
    listing = Listing(request.GET, language=request.LANGUAGE_CODE, at=timezone.now())
    number = request.GET.get("page", "")
    if listing.has_former_slugs:
        return HttpResponsePermanentRedirect(with_query(request.path, listing.query_with(page=number or None)))
    if listing.search and listing.words_find_nothing:
        search.note_miss(listing.search, day=timezone.localdate())
    return render_listing(request, listing, number=number)


@read_only
def facet(request: HttpRequest, name: str, asked: type[Listing] = Listing) -> HttpResponse:
    """`/news/facets/<name>/`: every value of a facet within a listing, and a box to find one; or of another listing."""
    listing = asked(request.GET, language=request.LANGUAGE_CODE, at=timezone.now())
    if name not in listing.filter.facets:
        raise Http404(_("There is no such facet."))
    find = request.GET.get("find", "").strip()[:100]
    if listing.has_former_slugs:
        return HttpResponsePermanentRedirect(with_query(request.path, listing.query_with(find=find or None)))
    carried = [*listing.parameters, *listing.own_parameters]
    context = {"listing": listing, "facet": listing.facet(name, find=find), "find": find, "carried": carried}
    return render_page(
        request, "items/facet.html", context, query=listing.query, feed_query=listing.query, noindex=True
    )


def _term(request: HttpRequest, model, facet: str, slug: str) -> HttpResponse:
    """The page of one vocabulary term; a former slug leads to today's."""
    term = model.objects.resolve([slug]).get(slug)
    if term is None:
        raise Http404(_("There is no such page."))
    if term.slug != slug:
        return HttpResponsePermanentRedirect(reverse(f"items:{facet}", args=[term.slug]))
    params = QueryDict(mutable=True)
    params[facet] = term.slug
    listing = Listing(params, language=request.LANGUAGE_CODE, at=timezone.now())
    return render_listing(request, listing, term=term)


@read_only
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """`/themes/<slug>/`."""
    return _term(request, Theme, "theme", slug)


@read_only
def keyword(request: HttpRequest, slug: str) -> HttpResponse:
    """`/keywords/<slug>/`."""
    return _term(request, Keyword, "keyword", slug)
