"""The editor of an item's text: a textarea with HTML, which JavaScript turns into a page to write on."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.forms.renderers import get_default_renderer
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from items.admin.image.fields import library_addresses, thumbnail_url
from items.admin.item.state import state_of
from items.drawing import Bodies, items_in
from items.models import Image, Item
from items.models.fields import BODY_ATTRIBUTES, BODY_SCHEMES, BODY_TAGS
from items.models.image import images_in
from items.models.item import Status
from items.models.language import default_language
from items.page import with_grant

FOUND = 12


def allowed() -> dict[str, Any]:
    """What a body may hold, for the editor: the sanitiser's own list."""
    return {
        "tags": sorted(BODY_TAGS),
        "attributes": {tag: sorted(names) for tag, names in BODY_ATTRIBUTES.items()},
        "schemes": sorted(BODY_SCHEMES),
    }


def _labels() -> dict[str, str]:
    return {
        "toolbar": _("Text tools"),
        "paragraph": _("Paragraph"),
        "h2": _("Heading"),
        "h3": _("Smaller heading"),
        "h4": _("Smallest heading"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "bulletList": _("List"),
        "orderedList": _("Numbered list"),
        "blockquote": _("Quotation"),
        "link": _("Link"),
        "abbr": _("Abbreviation"),
        "image": _("Image"),
        "table": _("Table"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "html": _("HTML"),
        "rowAfter": _("Add a row"),
        "columnAfter": _("Add a column"),
        "deleteRow": _("Delete the row"),
        "deleteColumn": _("Delete the column"),
        "headerRow": _("Header row"),
        "caption": _("Caption of the table"),
        "deleteTable": _("Delete the table"),
        "meaning": _("What the abbreviation stands for"),
        "lost": _("Leads to an item that readers do not have: they see the text without a link."),
        "kept": _("This text holds HTML that the editor would lose, so it is shown as HTML."),
        "nothing": _("Nothing found."),
        "failed": _("The desk does not answer. Try again."),
        "address": _("This is no address of a page: it begins with https://, mailto: or tel:"),
    }


class BodyWidget(forms.Textarea):
    """The textarea, and what the editor is told: allowed HTML, words, the pictures and items that the text names."""

    class Media:
        css = {"all": ["admin_desk/media.css", "admin_desk/editor.css"]}
        js = ["admin_desk/media.js", "admin_desk/editor.js"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        body = str(value or "")
        at = timezone.now()
        images, links = images_in(body), items_in(body)
        settings = {
            "editor": static("django_prose_editor/editor.js"),
            "allowed": allowed(),
            "labels": _labels(),
            "image": reverse("admin:items_image_file", args=[0]),
            "images": {
                image.pk: {"alt": image.alt(default_language()), "thumbnail": thumbnail_url(image)}
                for image in (Image.objects.filter(pk__in=images) if images else [])
            },
            "lost": sorted(links - set(Item.objects.readable(at).filter(pk__in=links).values_list("pk", flat=True)))
            if links
            else [],
        }
        context["widget"]["attrs"]["data-body-editor"] = json.dumps(settings)
        context |= library_addresses() | {"links": reverse("admin:items_item_link_targets")}
        return context

    def _render(self, template_name, context, renderer=None):
        # The forms' own renderer does not look into the project's templates, nor the project's into those of forms.
        context["input"] = mark_safe((renderer or get_default_renderer()).render(template_name, context))  # noqa: S308
        return render_to_string("admin/items/item/body.html", context)


def body_as_read(item: Item) -> str:
    """An item's text drawn as on its page, with its pictures although readers may not have them yet."""
    now = timezone.now()
    html = with_grant(Bodies([item], at=now).of(item), item, at=now)
    # security: a body is sanitised whenever it is stored, and `Bodies` escapes what it adds.
    return format_html('<div class="desk-read" lang="{}">{}</div>', item.language, mark_safe(html)) if html else ""  # noqa: S308


class LinkViews(admin.ModelAdmin):
    """Mixed into the desk of items: the items that a link may lead to."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.link_targets_view))
        return [path("links/", view, name="items_item_link_targets"), *super().get_urls()]

    def link_targets_view(self, request: HttpRequest) -> JsonResponse:
        """`{"items": [{"id", "title", "language", "state", "is_readable", "url"}]}` for a title or number, `find`."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        find = request.GET.get("find", "").replace("\0", "").strip()[:100]
        if not find:
            return JsonResponse({"items": []})
        # A title's beginning is found by most first, so the latest are offered first.
        wanted = Q(title__icontains=find)
        if find.isdecimal() and find.isascii() and len(find) < 19:
            wanted |= Q(pk=int(find))
        items = list(Item.objects.filter(wanted, update_of=None).exclude(status=Status.REMOVED).order_by("-pk")[:FOUND])
        readable = set(
            Item.objects.readable(timezone.now()).filter(pk__in=[i.pk for i in items]).values_list("pk", flat=True)
        )
        found = [
            {
                "id": item.pk,
                "title": item.title,
                "language": item.language,
                "state": str(state_of(item)[1]),
                "is_readable": item.pk in readable,
                "url": item.get_absolute_url(),
            }
            for item in items
        ]
        return JsonResponse({"items": found})
