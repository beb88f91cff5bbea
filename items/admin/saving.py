"""Saving a form when somebody else saves at the same moment, or sends what no form sends."""

import codecs
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _


class CarefulSaving(admin.ModelAdmin):
    """A desk whose forms never end in a server error over a constraint."""

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        # security: other encodings can hold half characters, which no database takes.
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            pass
        # The form was valid when it was checked, so somebody saved in between. A second check sees that, says it
        # beside the field, and keeps what was typed.
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            messages.error(
                request, _("Somebody else saved something at the same moment. Nothing was saved; try again.")
            )
            return HttpResponseRedirect(request.get_full_path())
