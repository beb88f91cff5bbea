"""An item for somebody without an account, before readers have it: by a review link, and with a form for a comment."""

from datetime import datetime, timedelta

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from items.models import Item, ReviewLink
from items.models.review_link import LONGEST_COMMENT, LONGEST_NAME
from items.page import item_page, readable_parts, render_page, with_grant

QUICKEST = timedelta(seconds=2)
"""What sends a form sooner is no person."""
SLOWEST = timedelta(days=1)
TRAP = "website"
"""A field that people do not see; programs fill it in."""
_SALT = "items.views.review"


class CommentForm(forms.Form):
    """A comment by the holder of a link."""

    name = forms.CharField(
        label=_("Your name"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    text = forms.CharField(label=_("Comment"), max_length=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": 5}))


@csrf_exempt  # no cookie is read here: what lets a form through is the address itself and what `_stamp` signs
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, token: str) -> HttpResponseBase:
    """`/review/<token>/`. What is revoked, too old, published or was never there is told apart by nothing."""
    at = timezone.now()
    link = ReviewLink.objects.by_token(token, at=at)
    item = readable_parts(Item.objects.all()).filter(pk=link.item_id).first() if link else None
    if link is None or item is None:
        return _closed(_gone(request))
    request.LANGUAGE_CODE = item.language
    with translation.override(item.language):
        form = CommentForm(request.POST if request.method == "POST" else None, auto_id="review-%s", label_suffix="")
        if request.method == "POST" and _take(request, form, link, at):
            response: HttpResponse = HttpResponseRedirect(f"{request.path}?sent=1#comment")
            return _closed(response)
        if request.method == "GET" and not _is_prefetched(request):
            link.count_opening(at)
        response = _page(request, link, item, form, at)
    response["Content-Language"] = item.language
    return _closed(response)


def _page(request: HttpRequest, link: ReviewLink, item: Item, form: CommentForm, at: datetime) -> HttpResponse:
    more = {
        "link": link,
        "form": form,
        "trap": TRAP,
        "stamp": _stamp(link, at),
        "is_sent": "sent" in request.GET and not form.is_bound,
    }
    response = item_page(request, item, at=at, template="review/item.html", more=more, noindex=True, path="")
    html = response.content.decode()
    response.content = with_grant(html, item, at=at, link=link.pk)
    if form.is_bound:
        response.status_code = 400
    return response


def _gone(request: HttpRequest) -> HttpResponse:
    return render_page(request, "review/gone.html", {}, alternates=[], noindex=True, status=410, path="")


def _closed(response: HttpResponse) -> HttpResponse:
    """For nobody else: not for caches, search engines, or the sites that its links lead to."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _is_prefetched(request: HttpRequest) -> bool:
    """Whether a browser or a mail program only fetches in advance."""
    said = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    return any(word in value.lower() for value in said for word in ("prefetch", "preview", "prerender"))


def _stamp(link: ReviewLink, at: datetime) -> str:
    return signing.dumps([link.pk, int(at.timestamp())], salt=_SALT)


def _take(request: HttpRequest, form: CommentForm, link: ReviewLink, at: datetime) -> bool:
    """Put what was sent into the item's record; False where the form says why not."""
    try:
        pk, made = signing.loads(request.POST.get("stamp", ""), salt=_SALT)
        age = timedelta(seconds=at.timestamp() - made)
    except (signing.BadSignature, ValueError):
        pk, age = 0, SLOWEST
    if not form.is_valid():
        return False
    if pk != link.pk or not QUICKEST <= age < SLOWEST or request.POST.get(TRAP):
        form.add_error(None, _("This was sent too quickly or too late. Please send it once more."))
        return False
    try:
        link.comment(**form.cleaned_data, at=at)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
