"""Saving a form when somebody else saves at the same moment or has saved since, or sends what no form sends."""

import codecs
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from items.admin.choice import is_key
from items.admin.desk import Desk


class _Overtaken:
    """Mixed into a form that was opened on what has been changed since: it is shown again, and not saved."""

    def clean(self):
        data = super().clean()  # type: ignore[misc]
        message = _(
            "Somebody else has saved this since you opened it. Nothing is saved yet: compare with what is stored, "
            "for instance in another tab; saving again puts your version in its place."
        )
        self.add_error(None, message)  # type: ignore[attr-defined]
        return data


class CarefulSaving(Desk):
    """A desk whose forms never end in a server error over a constraint, nor save over what they have not shown.

    The second goes for models with `updated_at`: the form holds it as `seen`. Items have their own way, in parts.
    """

    def _changeform_view(self, request, object_id, form_url, extra_context):
        if request.method == "POST" and "seen" in request.POST and object_id and is_key(key := unquote(object_id)):
            # Until the transaction ends nobody else saves, between the comparing and the saving.
            list(self.model._base_manager.select_for_update().filter(pk=key).values_list("pk"))
        return super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form: Any = super().get_form(request, obj, change, **kwargs)
        seen = request.POST.get("seen")
        if seen and obj is not None and seen != _stamp(obj):
            form = type(form.__name__, (_Overtaken, form), {})
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["seen"] = _stamp(obj) if obj is not None else ""
        return super().render_change_form(request, context, add, change, form_url, obj)

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


def _stamp(obj: Any) -> str:
    return obj.updated_at.isoformat() if getattr(obj, "updated_at", None) else ""
