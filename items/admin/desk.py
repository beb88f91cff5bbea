"""What all desks of models share: lists, actions and choices that shrug at what no page of the desk sends."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, IGNORED_PARAMS, PAGE_VAR, ChangeList
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from items.admin.choice import SeveralField, is_key

SENSELESS = (OverflowError, ValueError, IndexError, DatabaseError)
"""What comes of dates that no calendar has, numbers too large for a database, ranges with one end."""


class DeskList(ChangeList):
    """The rows that an address asks for. One that makes no sense is answered as Django answers an unknown field."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any):
        try:
            # Only here, where the rows are counted, is it known whether a database takes what Django let pass.
            super().__init__(request, *args, **kwargs)
        except SENSELESS as error:
            if not set(request.GET) - {*IGNORED_PARAMS, PAGE_VAR, ERROR_FLAG}:
                raise  # nothing was asked: a mistake of ours
            raise IncorrectLookupParameters from error


class Desk(admin.ModelAdmin):
    """A model's desk; every one is made of this."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[DeskList]:
        return DeskList

    # --- Actions, and rows edited in the list ------------------------------------------------------------------

    def response_action(
        self, request: HttpRequest, queryset: QuerySet, *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """What is chosen by no key is not chosen; Django then says that nothing is."""
        sent = request.POST.copy()
        sent.setlist(ACTION_CHECKBOX_NAME, [key for key in sent.getlist(ACTION_CHECKBOX_NAME) if is_key(key)])
        request.POST = sent  # type: ignore[assignment]
        return super().response_action(request, queryset, *args, **kwargs)

    def _get_edited_object_pks(self, request: HttpRequest, prefix: str) -> list[str]:
        return [key for key in super()._get_edited_object_pks(request, prefix) if is_key(key)]

    # --- Forms -------------------------------------------------------------------------------------------------

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(db_field, request, **{"form_class": SeveralField, **kwargs})
