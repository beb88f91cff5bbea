"""The verbs at the form: buttons for just what this person may do now.

A button saves what the form holds, where the person may change it, and then does the verb, both or neither. Where the
form is read-only, and for verbs that leave the form aside, a button has an address of its own. Neither way decides who
may do what: the item does.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, BadRequest, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from items.admin.item.correction import FIELDS as CORRECTION_FIELDS
from items.admin.item.correction import note_of
from items.admin.item.verb_form import CHOICES, VerbForm
from items.models import Item
from items.models.item import RULES, LiveChanged, Status


class VerbRefused(Exception):
    """The item did not let a verb be done after the form was saved; whoever catches this has undone the saving."""

    def __init__(self, error: ValidationError):
        super().__init__(str(error))
        self.error = error


class VerbViews(admin.ModelAdmin):
    """Mixed into the desk of items, before whatever else saves its form."""

    # --- With the form ------------------------------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        chosen = request.POST.get("_verb", "")
        if chosen and chosen not in CHOICES:
            raise BadRequest
        request.desk_refusal = request.desk_verbs = None
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except VerbRefused as refusal:
            # What was saved has been undone. A second run says why beside the fields, and keeps what was typed.
            request.desk_refusal, request.desk_verbs = refusal.error, None
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form: Any = super().get_form(request, obj, change, **kwargs)
        if getattr(request, "desk_verbs", None) is None:
            request.desk_verbs = self.verb_form(request, obj)
        form.verb_form, form.verb_refusal = request.desk_verbs, getattr(request, "desk_refusal", None)
        return form

    def verb_form(self, request: HttpRequest, obj: Item | None, chosen: str = "") -> VerbForm:
        """What this person may do now with a stored item, or with the draft that a new one will be."""
        person: Any = request.user
        item = obj or Item(status=Status.DRAFT, created_by=person)
        reads_only = obj is not None and not self.has_change_permission(request, obj)
        rules = item.verbs(request.user, timezone.now())
        chosen = chosen or request.POST.get("_verb", "")
        data = request.POST if request.method == "POST" and chosen else None
        return VerbForm(data, item=item, rules=rules, chosen=chosen, reads_only=reads_only)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        verbs = request.desk_verbs or self.verb_form(request, obj)
        context |= {"verbs": verbs, "is_nav_sidebar_enabled": False}  # what stands beside the form needs its place
        context["media"] = context["media"] + verbs.media
        form = context["adminform"].form
        writes = obj is None or self.has_change_permission(request, obj)
        context["correction_fields"] = [form[name] for name in CORRECTION_FIELDS if writes and name in form.fields]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        item, now = form.instance, timezone.now()
        if not change:
            item.begin(by=request.user, at=now)
        elif form.was_visible:
            note = note_of(form.cleaned_data)
            if note or set(form.changed_data) - set(CORRECTION_FIELDS) or any(f.has_changed() for f in formsets):
                item.correct(by=request.user, at=now, note=note)

    def response_add(self, request, obj, post_url_continue=None):
        if "_verb" in request.POST:
            return self._performed(request, obj) or self.response_post_save_add(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if "_verb" in request.POST:
            return self._performed(request, obj) or self.response_post_save_change(request, obj)
        return super().response_change(request, obj)

    def _performed(self, request: HttpRequest, obj: Item) -> HttpResponse | None:
        """Do the verb within the transaction that saved the form; an answer where it leads to another item."""
        verbs: VerbForm = request.desk_verbs  # type: ignore[attr-defined]
        verbs.item = obj
        try:
            item, said = verbs.perform(by=request.user, at=timezone.now())
        except ValidationError as error:
            raise VerbRefused(error) from error
        messages.success(request, said)
        return None if item is obj else _form_of(item)

    # --- At their own addresses ---------------------------------------------------------------------------------

    def get_urls(self):
        view = self.admin_site.admin_view
        own = [
            path(f"<int:pk>/{verb}/", view(self.verb_view), {"verb": verb}, name=f"items_item_{verb}") for verb in RULES
        ]
        return [*own, *super().get_urls()]

    def verb_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Do a verb with a stored item, as it is stored. GET leads to its form, so that signing in anew ends there."""
        item = get_object_or_404(Item, pk=pk)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        if request.method != "POST":
            return _form_of(item)
        verbs = self.verb_form(request, item, chosen=verb)
        problems: Any = None
        if verb in verbs.offered and not verbs.is_valid():
            problems = ValidationError([f"{verbs[n].label}: {e}" for n, es in verbs.errors.items() for e in es])
        else:
            verbs.is_valid()
            try:
                item, said = verbs.perform(by=request.user, at=timezone.now())
                messages.success(request, said)
            except ValidationError as error:
                problems = error
        if problems:
            for message in problems.messages:
                messages.error(request, message)
        return _form_of(item)


def _form_of(item: Item) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:items_item_change", args=[item.pk]))


class VerbChecks:
    """Mixed into the item's form: nothing is saved when the verb that was asked for cannot be done."""

    verb_form: VerbForm | None = None
    verb_refusal: ValidationError | None = None

    def clean(self):
        data = super().clean()  # type: ignore[misc]
        verbs, refusal = self.verb_form, self.verb_refusal
        if verbs is not None and verbs.is_bound and not verbs.is_valid():
            self.add_error(None, _("Nothing was saved: see beside the form what is missing."))  # type: ignore[attr-defined]
            verbs.look_again()
        if refusal is not None:
            _add(self, refusal)
            if isinstance(refusal, LiveChanged) and verbs is not None:
                verbs.look_again()
        return data


def _add(form: Any, error: ValidationError) -> None:
    """Put an item's refusal beside the fields that it names."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        known = name in form.fields and name != NON_FIELD_ERRORS
        for one in errors:
            form.add_error(name if known else None, one)
