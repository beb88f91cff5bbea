"""Standing pages, such as About or Privacy."""

from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from items.drawing import Bodies
from items.http import read_only
from items.models import FormerPageSlug, Page, PageText
from items.page import Alternate, json_ld, render_page


def _elsewhere(slug: str, language: str) -> str | None:
    """Where a slug leads that no text has in this language: by a former slug, or by that of another language."""
    published = Page.objects.published().prefetch_related("texts")
    former = FormerPageSlug.objects.filter(language=language, slug=slug).values("page")
    page = published.filter(pk__in=former).first() or published.filter(texts__slug=slug).order_by("pk").first()
    text = page.text(language) if page else None
    return text.get_absolute_url() if text else None


def _alternates(text: PageText, versions: list[PageText]) -> list[Alternate]:
    """The page in every language; where it is not, that language's front page."""
    by_language = {version.language: version for version in versions}
    found = []
    for code, name in settings.LANGUAGES:
        if version := by_language.get(code):
            found.append(Alternate(code, name, version.get_absolute_url(), code == text.language))
            continue
        with translation.override(code):
            found.append(Alternate(code, name, reverse("items:front"), False, is_version=False))
    return found


@read_only
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """`/pages/<slug>/`. A former slug, and that of another language, leads to today's (301)."""
    language = request.LANGUAGE_CODE
    texts = PageText.objects.select_related("page").prefetch_related("page__texts")
    text = texts.filter(page__is_published=True, language=language, slug=slug).first() if "\x00" not in slug else None
    if text is None:
        if "\x00" not in slug and (address := _elsewhere(slug, language)):
            return HttpResponsePermanentRedirect(address)
        raise Http404(_("There is no such page."))
    # It has what the drawing of bodies looks at: a body and a language.
    drawn = Bodies([cast("Any", text)], at=timezone.now()).of(cast("Any", text))
    return render_page(
        request,
        "items/page.html",
        {"text": text, "page": text.page, "body": drawn},
        alternates=_alternates(text, text.page.versions()),
        trail=[(text.title, text.get_absolute_url())],
        things=[json_ld.standing_page(text)],
    )
