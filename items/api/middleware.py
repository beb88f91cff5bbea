"""What holds below `/api/` whoever answers, the view or something before it."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from items.api.errors import MEDIA_TYPE, problem_data
from items.api.view import CORS

ROOT = "/api/"


class ApiMiddleware:
    """An error that no view of ours made is a problem all the same."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        response = self.get_response(request)
        if response.status_code >= 400 and response.get("Content-Type") != MEDIA_TYPE:
            response = HttpResponse(
                json.dumps(problem_data(response.status_code, _("The request cannot be answered."))),
                status=response.status_code,
                content_type=MEDIA_TYPE,
                headers={**CORS, "Cache-Control": "no-store"},
            )
        return response
