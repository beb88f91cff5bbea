"""What every view of this API does: parameters, language, conditional GET, headers that let any site read it."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from items.api.address import absolute
from items.api.errors import MEDIA_TYPE, ProblemSerializer, with_slash
from items.api.parameters import Parameters
from items.http.conditional import content_state, etag_of
from items.models.language import default_language, language_codes

CACHE_CONTROL = "public, max-age=60"

# Anybody's page may read this: there is nothing here that is not public, and no cookie counts.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, Content-Language",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Language, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}

PROBLEMS = {
    400: "A parameter is not understood; `errors` lists them.",
    404: "There is nothing at this address, or no longer.",
    405: "This API is read only: `GET`, `HEAD` and `OPTIONS`.",
    406: "The request accepts neither `application/json` nor `*/*`.",
    410: (
        "Gone for good: the item was removed, or the term, from its vocabulary. Or, of changes: this archive does not "
        "know that version; it was restored from a copy, or the token is another archive's."
    ),
    429: "Too many requests; `Retry-After` says in how many seconds to come back.",
    500: "Something broke on our side.",
}


def responses(success, *also: int, moves: str = "") -> dict:
    """The answers of an operation, described; `also` are errors besides those that any may give.

    `moves` says when it answers 301.
    """
    problems = {
        (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=PROBLEMS[status])
        for status in sorted({400, 406, 429, 500, *also})
    }
    unchanged = OpenApiResponse(description="What you have is still good: nothing changed since that `ETag`.")
    found = OpenApiResponse(success, description="What was asked for.")
    moved = {301: OpenApiResponse(description=moves)} if moves else {}
    return {(200, "application/json"): found, **moved, 304: unchanged, **problems}


def etag(request: HttpRequest, at: datetime) -> str:
    """The ETag of what this address answers at an instant: one small query when nothing has changed."""
    return etag_of(content_state(at).token, request.get_full_path())


class ApiView(APIView):
    """An address of this API. A subclass reads its parameters in `read` and answers in `answer`."""

    known: Collection[str] = ("lang",)
    """The names of the parameters, those of a listing aside."""
    takes_listing = False
    """Whether the parameters of a listing are understood too."""

    def answer(self, parameters: Parameters, *, language: str, at: datetime, **kwargs) -> dict:
        """The data of the answer; call `parameters.check()` once all are read."""
        raise NotImplementedError

    def links(self, data: dict) -> dict[str, str | None]:
        """Addresses that the answer's Link header names, by relation (RFC 8288)."""
        return {}

    def get(self, request: Request, **kwargs) -> HttpResponse:
        at = timezone.now()
        tag = etag(request._request, at)
        # `*` asks whether there is anything at all, which is known only after the work.
        if request.META.get("HTTP_IF_NONE_MATCH", "*").strip() != "*" and not settings.DEBUG:
            known = get_conditional_response(request._request, etag=tag)
            if known is not None:
                known["ETag"], known["Cache-Control"] = tag, CACHE_CONTROL
                return known
        parameters = Parameters(request.GET, known=self.known, listing=self.takes_listing)
        data = self.answer(parameters, language=self.language, at=at, **kwargs)
        links = {**self.links(data), "service-desc": absolute(reverse("api:openapi"))}
        headers = {
            "ETag": tag,
            "Cache-Control": CACHE_CONTROL,
            "Link": ", ".join(f'<{url}>; rel="{relation}"' for relation, url in links.items() if url),
        }
        return Response(data, headers=headers)

    def options(self, request: Request, *args, **kwargs) -> HttpResponse:
        return HttpResponse(status=204, headers={**PREFLIGHT, "Allow": ", ".join(self.allowed_methods)})

    @property
    def allowed_methods(self) -> list[str]:
        return ["GET", "HEAD", "OPTIONS"]

    def dispatch(self, request, *args, **kwargs):
        self.language = _asked_language(request)
        with translation.override(self.language):
            response = super().dispatch(request, *args, **kwargs)
        response["Content-Language"] = self.language
        return response

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in CORS.items():
            response[name] = value
        return response


def _asked_language(request: HttpRequest) -> str:
    """The reader's language, where the address names one of the site's; `Parameters` refuses any other."""
    try:
        asked = request.GET.getlist("lang")
    except SuspiciousOperation:  # too many parameters to read; the view will say so
        asked = []
    return asked[0] if len(asked) == 1 and asked[0] in language_codes() else default_language()


class NotFound(ApiView):
    """Any other address below `/api/`: 404, or the way to the same with a slash at its end."""

    schema = None

    def get(self, request, **kwargs):
        redirect = with_slash(request.path, request.META.get("QUERY_STRING", ""))
        if redirect is None:
            raise Http404
        return redirect

    def http_method_not_allowed(self, request, *args, **kwargs):
        raise Http404
