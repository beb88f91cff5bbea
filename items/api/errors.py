"""Errors as `application/problem+json` (RFC 9457), whatever goes wrong below `/api/`."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotAcceptable
from rest_framework.response import Response

from items.filters import TooMuchAsked

logger = logging.getLogger("django.request")

MEDIA_TYPE = "application/problem+json"


class Fault(NamedTuple):
    """What is wrong with one parameter."""

    parameter: str
    value: str
    detail: str


class InvalidParameters(APIException):
    """400: what was asked is not understood, parameter by parameter."""

    status_code = 400

    def __init__(self, *faults: Fault):
        super().__init__(_("The address holds parameters that are not understood, so nothing was looked up."))
        self.faults = faults


class Removed(APIException):
    """410: a question by terms that were in a vocabulary and are no longer."""

    status_code = 410

    def __init__(self, labels: str):
        super().__init__(_("“%(label)s” is no longer a term of this site.") % {"label": labels})


class StartAgain(APIException):
    """410: a place in the changes that this archive does not know."""

    status_code = 410

    def __init__(self):
        super().__init__(_("This archive does not know that version. Read everything again, then follow the changes."))


class Gone(APIException):
    """410: what stood here was removed for good."""

    status_code = 410

    def __init__(self):
        super().__init__(_("This item was removed and will not come back. Drop it."))


class Moved(APIException):
    """301: what stood here was removed, and another thing stands for it."""

    status_code = 301

    def __init__(self, url: str):
        super().__init__()
        self.url = url


class ParameterFaultSerializer(serializers.Serializer):
    """What is wrong with one parameter."""

    parameter = serializers.CharField(help_text="The parameter's name.")
    value = serializers.CharField(help_text="The value that is not understood, cut to 100 characters.")
    detail = serializers.CharField(help_text="What is wrong with it, for people.")


class ProblemSerializer(serializers.Serializer):
    """An error (RFC 9457)."""

    type = serializers.URLField(help_text="What sort of error this is: the address of its description.")
    title = serializers.CharField(help_text="The sort of error in words, the same each time.")
    status = serializers.IntegerField(help_text="The HTTP status code.")
    detail = serializers.CharField(help_text="What went wrong this time, for people.")
    errors = ParameterFaultSerializer(many=True, required=False, help_text="With 400: the parameters at fault.")


def problem_data(status: int, detail: str, *, faults: Sequence[Fault] = ()) -> dict:
    """What an error says."""
    data: dict = {
        "type": f"{settings.SITE_URL}/api/#error-{status}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if faults:
        data["errors"] = [fault._asdict() for fault in faults]
    return data


def problem(status: int, detail: str, *, faults: Sequence[Fault] = (), headers: Mapping | None = None) -> Response:
    """An answer that says what went wrong. No cache keeps it."""
    data = problem_data(status, detail, faults=faults)
    return Response(
        data, status=status, content_type=MEDIA_TYPE, headers={"Cache-Control": "no-store", **(headers or {})}
    )


def handle(error: Exception, context: dict) -> Response | HttpResponsePermanentRedirect:
    """The answer for an exception of a view of this API."""
    view, request = context["view"], context["request"]
    if isinstance(error, Http404):
        return problem(404, str(error.args[0]) if error.args else _("There is nothing at this address."))
    if isinstance(error, SuspiciousOperation):
        # Only our own words: those of other exceptions are for the log.
        return problem(400, str(error) if isinstance(error, TooMuchAsked) else _("The request is malformed."))
    if isinstance(error, PermissionDenied):
        return problem(403, _("This is not allowed."))
    if isinstance(error, Moved):
        return HttpResponsePermanentRedirect(error.url)
    if isinstance(error, NotAcceptable):
        return problem(406, _("This API answers application/json only."))
    if isinstance(error, APIException):
        headers = {}
        if wait := getattr(error, "wait", None):
            headers["Retry-After"] = str(int(wait) + 1)
        if error.status_code == 405:
            headers["Allow"] = ", ".join(view.allowed_methods)
        return problem(error.status_code, str(error.detail), faults=getattr(error, "faults", ()), headers=headers)
    # Whoever listens to Django's signal or log hears of it as of any other server error.
    got_request_exception.send(sender=type(view), request=request._request)
    logger.error("Internal Server Error: %s", request.path, exc_info=error, extra={"status_code": 500})
    return problem(500, _("Something broke on our side. It has been recorded."))


def with_slash(path: str, query: str) -> HttpResponsePermanentRedirect | None:
    """The address with a slash at its end, where that is one of this API."""
    try:
        match = resolve(f"{urlsplit(path).path}/")
    except Resolver404:
        return None
    if match.url_name == "not-found":
        return None
    return HttpResponsePermanentRedirect(f"{path}/?{query}" if query else f"{path}/")
