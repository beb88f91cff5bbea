"""The agenda: coming and past events, a month, a day."""

from babel import Locale
from babel.dates import get_timezone_name
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from items.agenda import Agenda, Kind, Span, weeks
from items.http import read_only
from items.months import in_bounds, months_away
from items.page import page_links, render_page, with_query


def zone_name(language: str) -> str:
    """What the site's zone is called in a language, such as "Central European Time"."""
    locale = Locale.parse(language, sep="-")
    return get_timezone_name(timezone.get_default_timezone(), zone_variant="generic", locale=locale)


def _month(agenda: Agenda, step: int) -> dict | None:
    """The link to a month before or after the one shown, or to the present one for 0; None out of bounds."""
    shown = agenda.span.first or timezone.localdate(agenda.at)
    first = months_away(shown, step) if step else timezone.localdate(agenda.at).replace(day=1)
    if not in_bounds(first):
        return None
    span = Span(Kind.MONTH, first.replace(day=1))
    return {"first": span.first, "query": agenda.query_at(*span.parameters), "is_near": span.is_near(agenda.at)}


def _views(agenda: Agenda) -> list[dict]:
    """The ways to look at the agenda with these filters."""
    month = agenda.span.first or timezone.localdate(agenda.at)
    spans = [
        (_("Coming"), Span(Kind.COMING)),
        (_("By month"), Span(Kind.MONTH, month.replace(day=1))),
        (_("Past"), Span(Kind.PAST)),
    ]
    return [
        {
            "name": span.kind.value,
            "label": label,
            "query": agenda.query_at(*span.parameters),
            "selected": span == agenda.span,
        }
        for label, span in spans
    ]


def _groups(agenda: Agenda, items: list) -> list[tuple[str, list]]:
    """The events of a page of a list under the month in which they start; those under way stand first."""
    today = timezone.localdate(agenda.at)
    groups: list[tuple[str, list]] = []
    for item in items:
        start = item.event.start_date
        under_way = agenda.span.kind is Kind.COMING and start < today
        name = "under-way" if under_way else f"{start:%Y-%m}"
        if not groups or groups[-1][0] != name:
            groups.append((name, []))
        groups[-1][1].append(item)
    return groups


@read_only
def events(request: HttpRequest) -> HttpResponse:
    """`/events/`: the events that the query string asks for; `when=past`, `month=2026-11` and `day=2026-11-24` too."""
    agenda = Agenda(request.GET, language=request.LANGUAGE_CODE, at=timezone.now())
    is_month = agenda.span.kind is Kind.MONTH
    number = "" if is_month or not agenda.is_valid else request.GET.get("page", "")
    if agenda.has_former_slugs:
        return HttpResponsePermanentRedirect(with_query(request.path, agenda.query_with(page=number or None)))
    context = {
        "listing": agenda,
        "views": _views(agenda),
        "zone": zone_name(agenda.language),
        "title": agenda.title if agenda.is_valid else _("Filters that are not understood"),
    }
    if is_month:
        context |= {
            "weeks": weeks(agenda),
            "weekdays": list(zip(WEEKDAYS.values(), WEEKDAYS_ABBR.values(), strict=True)),
            "previous": _month(agenda, -1),
            "next": _month(agenda, 1),
            "present": _month(agenda, 0),
        }
    else:
        try:
            links = page_links(agenda, number)
        except EmptyPage:
            raise Http404(_("This listing has no such page.")) from None
        context |= links | {"groups": _groups(agenda, links["page"].object_list)}
        if links["page"].number > 1:
            context["title"] = _("%(title)s, page %(number)d") % {
                "title": context["title"],
                "number": links["page"].number,
            }
    is_empty = agenda.total == 0 and bool(agenda.filters_query or agenda.span.first)
    noindex = not agenda.is_valid or is_empty or agenda.is_narrow or not agenda.span.is_near(agenda.at)
    return render_page(
        request,
        "items/events.html",
        context,
        query=agenda.query_with(page=number if number not in ("", "1") else None),
        feed_query=agenda.filters_query,
        noindex=noindex or agenda.span.kind is Kind.DAY,
        trail=[(_("Events"), request.path)],
    )
