"""An item as its public page, before readers have it: what is stored, what is typed, and links for people elsewhere."""

from datetime import timedelta
from typing import Any, cast

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from items.admin.choice import is_key
from items.models import DataTable, Event, Item, ReviewLink
from items.models.fields import CleanField
from items.models.review_link import VALID
from items.page import item_page, readable_parts, with_grant

DAYS = (1, 3, 7, 14, 30)
"""How long a review link may be asked to work."""
LISTED = 10
SETS = ("themes", "keywords", "countries")
_in_frame = csp_replace({"frame-ancestors": [SELF]})
_with_frames = csp_replace({"frame-src": [SELF]})


class PreviewViews(admin.ModelAdmin):
    """Mixed into the desk of items."""

    class Media:
        css = {"all": ["admin_desk/preview.css"]}
        js = ["admin_desk/preview.js"]

    def get_urls(self):
        view = self.admin_site.admin_view

        def framed(page):
            return never_cache(_replacing_frame_options(view(page)))

        both, links = view(require_safe(_with_frames(self.preview_view))), view(self.links_view)  # type: ignore[arg-type]
        return [
            path("<int:pk>/preview/", both, name="items_item_preview"),
            path("<int:pk>/preview/page/", framed(require_safe(self.page_view)), name="items_item_preview_page"),
            path("<int:pk>/preview/typed/", framed(require_POST(self.typed_view)), name="items_item_preview_typed"),
            path("preview/typed/", framed(require_POST(self.typed_view)), name="items_item_preview_new"),
            path("<int:pk>/links/", links, name="items_item_links"),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        response = super().changeform_view(request, object_id, form_url, extra_context)
        return _with_frames(lambda _request: response)(request)  # for the preview beside the form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        now = timezone.now()
        if obj is None:
            context["preview_typed"] = reverse("admin:items_item_preview_new")
        else:
            may = obj.may_be_changed(request.user)
            context["preview_typed"] = reverse("admin:items_item_preview_typed", args=[obj.pk]) if may else ""
            context["preview_page"] = reverse("admin:items_item_preview_page", args=[obj.pk])
            context["preview_stored"] = reverse("admin:items_item_preview", args=[obj.pk])
            links = list(obj.review_links.select_related("created_by")[:LISTED])
            for link in links:
                link.item = obj
                link.works = link.is_open(now)
            context["review_links"] = links
            context["may_link"] = may and not obj.has_appeared(now)
            context["link_days"] = [(days, days == VALID.days) for days in DAYS]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _seen(self, request: HttpRequest, pk: int) -> Item:
        item: Item = get_object_or_404(readable_parts(Item.objects.all()), pk=pk)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        return item

    # --- What is stored ----------------------------------------------------------------------------------------

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page at two widths, each in a frame."""
        item = self._seen(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Preview"),
            "subtitle": item.title,
            "original": item,
            "page": reverse("admin:items_item_preview_page", args=[item.pk]),
            "is_nav_sidebar_enabled": False,
        }
        return TemplateResponse(request, "admin/items/item/preview.html", context)

    def page_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The public page of what is stored."""
        return _drawn(request, self._seen(request, pk))

    # --- What is typed -----------------------------------------------------------------------------------------

    def typed_view(self, request: HttpRequest, pk: int = 0) -> HttpResponse:
        """The public page of what the form holds; nothing is saved. Where a field is wrong, what is stored stands."""
        item = self._seen(request, pk) if pk else None
        if not (self.has_change_permission(request, item) if item else self.has_add_permission(request)):
            raise PermissionDenied
        return _drawn(request, self._as_typed(request, item))

    def _as_typed(self, request: HttpRequest, item: Item | None) -> Item:
        form: Any = self.get_form(request, item, change=item is not None)(
            request.POST, instance=item or Item(created_by=cast(User, request.user))
        )
        form.is_valid()
        typed: Item = form.instance
        for name, value in form.cleaned_data.items():
            if name in SETS:
                continue
            if any(field.name == name and field.editable for field in typed._meta.concrete_fields):
                setattr(typed, name, value)
        _clean(typed)
        if item is None:
            # Nothing stored belongs to it: the number of no item.
            typed.pk = 0
            typed.slug = typed.slug or "item"
        self._set_typed_related(typed, form.cleaned_data)
        self._set_typed_event(request, item, typed)
        self._set_typed_tables(request, item, typed)
        return typed

    @staticmethod
    def _set_typed_related(typed: Item, data: dict[str, Any]) -> None:
        """Themes, keywords and countries as chosen, where the page looks for those that are stored."""
        known = getattr(typed, "_prefetched_objects_cache", {})
        for name in SETS:
            model: Any = Item._meta.get_field(name).related_model
            if name in data:
                new = [row if isinstance(row, model) else model(name=row, slug="-") for row in data[name] or []]
                known[name] = model._default_manager.none()
                known[name]._result_cache = new
            elif name not in known:
                known[name] = model._default_manager.none()
        typed._prefetched_objects_cache = known  # type: ignore[attr-defined]

    def _typed_rows(self, request: HttpRequest, item: Item | None, model: type) -> list[Any] | None:
        """The rows of an inline as typed, those that are to go left out; None where they are wrong or were not sent."""
        for formset_class, inline in self.get_formsets_with_inlines(request, item):
            prefix = formset_class.get_default_prefix()
            if inline.model is not model or f"{prefix}-TOTAL_FORMS" not in request.POST:
                continue
            formset: Any = formset_class(request.POST, request.FILES, instance=item or Item(), prefix=prefix)
            if formset.is_valid():
                kept = [f for f in formset.forms if f.cleaned_data and not f.cleaned_data.get("DELETE")]
                return [form.instance for form in kept]
        return None

    def _set_typed_event(self, request: HttpRequest, item: Item | None, typed: Item) -> None:
        rows = self._typed_rows(request, item, Event)
        if rows is None:
            return
        typed._state.fields_cache["event"] = rows[0] if rows and rows[0].starts_at else None
        for event in rows[:1]:
            _clean(event)
            event._state.fields_cache["item"] = typed

    def _set_typed_tables(self, request: HttpRequest, item: Item | None, typed: Item) -> None:
        rows = self._typed_rows(request, item, DataTable)
        if rows is not None:
            for table in rows:
                _clean(table)
            tables = DataTable.objects.none()
            tables._result_cache = sorted(rows, key=lambda table: (table.position, table.pk or 2**63))
            typed._prefetched_objects_cache["tables"] = tables  # type: ignore[attr-defined]

    # --- Links for people without an account ---------------------------------------------------------------------

    def links_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make a link, or revoke one. A new link is shown on the answer to this, and nowhere later."""
        item = self._seen(request, pk)
        back = f"{reverse('admin:items_item_change', args=[item.pk])}#desk-preview"
        if request.method != "POST":
            return HttpResponseRedirect(back)
        now = timezone.now()
        if "revoke" in request.POST:
            key = request.POST["revoke"]
            link = get_object_or_404(ReviewLink, pk=key if is_key(key) else 0, item=item)
            link.revoke(by=request.user, at=now)
            messages.success(request, _("The review link works no more."))
            return HttpResponseRedirect(back)
        days = request.POST.get("days", "")
        lasts = timedelta(days=int(days)) if days in map(str, DAYS) else VALID
        try:
            link, token = ReviewLink.objects.make(
                item, by=request.user, at=now, name=request.POST.get("link_name", "").replace("\0", ""), lasts=lasts
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Review link"),
            "subtitle": item.title,
            "original": item,
            "link": link,
            "address": settings.SITE_URL + reverse("review", args=[token]),
            "is_nav_sidebar_enabled": False,
        }
        return TemplateResponse(request, "admin/items/item/link.html", context)


def _replacing_frame_options(view):
    """A view whose page this site may show in a frame; errors and the way to sign in may not be."""

    def framed(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response = _in_frame(lambda _request: response)(request)
            response = xframe_options_sameorigin(lambda _request: response)(request)
        return response

    return framed


def _clean(owner: Any) -> None:
    """Do to the texts what saving does."""
    # security: what a body holds is printed as it stands, so it is sanitised here as on its way to be stored.
    for field in owner._meta.concrete_fields:
        if isinstance(field, CleanField):
            field.pre_save(owner, False)


def _drawn(request: HttpRequest, item: Item) -> HttpResponse:
    at = timezone.now()
    request.LANGUAGE_CODE = item.language
    with translation.override(item.language):
        address = item.get_absolute_url()
        response = item_page(request, item, at=at, noindex=True, path=address)
    # Where its links lead, they leave the frame.
    html = response.content.decode().replace("<head>", '<head><base target="_blank">', 1)
    response.content = with_grant(html, item, at=at)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Content-Language"] = item.language
    return response
