"""The media library at the desk."""

import mimetypes
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from items import images
from items.admin.choice import is_key
from items.admin.image.fields import thumbnail_url
from items.admin.image.form import QuickForm, image_form, text_name
from items.admin.saving import CarefulSaving
from items.models import Image
from items.models.language import default_language, language_codes, language_name

PER_PAGE = 24


class UseFilter(admin.SimpleListFilter):
    """Used or not."""

    title = _("use")
    parameter_name = "use"

    def lookups(self, request, model_admin):
        return [("none", _("Used by nothing")), ("public", _("Readers have it"))]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.unused()
        return queryset.public(timezone.now()) if self.value() == "public" else queryset


class TextFilter(admin.SimpleListFilter):
    """What is missing."""

    title = _("alternative text")
    parameter_name = "text"

    def lookups(self, request, model_admin):
        missing = _("Missing in %(language)s")
        names = [(code, language_name(code, default_language())) for code in language_codes()]
        return [*((code, missing % {"language": name}) for code, name in names), ("decorative", _("Decorative"))]

    def queryset(self, request, queryset):
        if self.value() == "decorative":
            return queryset.filter(is_decorative=True)
        if self.value() in language_codes():
            return queryset.filter(is_decorative=False).exclude(texts__has_key=self.value())
        return queryset


def as_data(image: Image, language: str) -> dict[str, Any]:
    """A picture as a dialog shows it."""
    return {
        "id": image.pk,
        "title": image.title,
        "alt": image.alt(language),
        "is_decorative": image.is_decorative,
        "thumbnail": thumbnail_url(image),
        "width": image.width,
        "height": image.height,
    }


@admin.register(Image)
class ImageAdmin(CarefulSaving):
    """Pictures: found, uploaded, described, replaced, and deleted while nothing uses them."""

    change_list_template = "admin/items/image/change_list.html"
    change_form_template = "admin/items/image/change_form.html"
    list_display = ["title", "at"]
    list_filter = [UseFilter, TextFilter]
    list_per_page = PER_PAGE
    search_fields = ["words"]
    search_help_text = _("Words of the title, the alternative text or the credit")
    readonly_fields = ["preview", "about", "used_by"]
    actions = None

    class Media:
        css = {"all": ["admin_desk/media.css"]}
        js = ["admin_desk/media.js"]

    # --- Who may -----------------------------------------------------------------------------------------------

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.may_be_changed(request.user, timezone.now()))

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or obj.may_be_changed(request.user, timezone.now()))

    # --- The form ----------------------------------------------------------------------------------------------

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, **{"form": image_form(), **kwargs})

    def get_fieldsets(self, request, obj=None):
        texts = [text_name(code) for code in language_codes()]
        may_change = obj is None or self.has_change_permission(request, obj)
        said = [*(texts if may_change else ["descriptions"]), "is_decorative"]
        fieldsets: list[tuple[Any, dict[str, Any]]] = [
            (None, {"fields": (["preview", "about"] if obj else []) + (["upload"] if may_change else [])}),
            (_("For people who cannot see it"), {"fields": said}),
            (_("Title and credit"), {"fields": ["title", "credit"]}),
        ]
        if obj:
            centre = {"fields": [("focal_x", "focal_y")], "classes": ["focal"]}
            fieldsets += [(_("Centre of interest"), centre), (_("Where it is used"), {"fields": ["used_by"]})]
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        return [*self.readonly_fields, "descriptions"]

    def save_model(self, request, obj, form, change):
        at, upload = timezone.now(), form.cleaned_data.get("upload")
        if not change:
            file = request.FILES["upload"]
            made = images.add(
                file, by=request.user, at=at, texts=obj.texts, title=obj.title, is_decorative=obj.is_decorative,
                credit=obj.credit, checked=upload,
            )  # fmt: skip
            obj.__dict__.update(made.__dict__)
            return
        images.change(obj, by=request.user, at=at)
        if upload:
            images.replace(obj, request.FILES["upload"], by=request.user, at=at, checked=upload)

    def delete_model(self, request, obj):
        obj.discard(by=request.user, at=timezone.now())

    # --- What is shown -----------------------------------------------------------------------------------------

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"is_nav_sidebar_enabled": False, **(extra_context or {})})

    @admin.display(description=_("image"))
    def preview(self, image) -> str:
        return format_html(
            '<span class="focal-picture" data-focal><img src="{}" alt="{}" width="{}" height="{}"></span>',
            reverse("admin:items_image_file", args=[image.pk]) + f"?v={image.version}",
            image.alt(default_language()) or image.title, image.width, image.height,
        )  # fmt: skip

    @admin.display(description=_("size"))
    def about(self, image) -> str:
        size = gettext("%(width)d × %(height)d pixels") % {"width": image.width, "height": image.height}
        state = "" if image.is_complete else gettext("Some sizes of it are still to be made.")
        return f"{size}. {state}".strip()

    @admin.display(description=_("alternative text"))
    def descriptions(self, image) -> str:
        return "; ".join(f"{code}: {text}" for code, text in image.texts.items()) or "–"

    @admin.display(description=_("used by"))
    def used_by(self, image) -> str:
        limit = 50
        items = list(image.users().order_by("-pk").only("pk", "title", "language")[: limit + 1])
        rows = [
            (reverse("admin:items_item_change", args=[item.pk]), item.title, item.language.upper()) for item in items
        ][:limit]
        for use in image.page_uses.select_related("text"):
            page = reverse("admin:items_page_change", args=[use.text.page_id])
            rows.append((page, use.text.title, use.text.language.upper()))
        if image.logo_of.exists():
            rows.append((reverse("admin:items_sitesettings_changelist"), gettext("The site"), gettext("logo")))
        if not rows:
            return gettext("Nothing uses it.")
        links = format_html_join("", '<li><a href="{}">{}</a> ({})</li>', rows)
        rest = format_html("<p>{}</p>", gettext("And more.")) if len(items) > limit else ""
        return format_html('<ul class="desk-list">{}</ul>{}', links, rest)

    # --- Addresses ---------------------------------------------------------------------------------------------

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("find/", view(require_safe(self.find_view)), name="items_image_find"),
            path("quick/", view(require_POST(self.quick_view)), name="items_image_quick"),
            path("<int:pk>/file/", view(require_safe(self.file_view)), name="items_image_file"),
            *super().get_urls(),
        ]

    def find_view(self, request: HttpRequest) -> JsonResponse:
        """`{"images": [{"id", "title", "alt", "thumbnail", …}], "more"}`; `find` narrows, `page` counts from 1."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = Image.objects.all()
        for word in request.GET.get("find", "").replace("\0", "").split()[:8]:
            found = found.filter(words__icontains=word)
        if is_key(key := request.GET.get("id", "")):
            found = found.filter(pk=int(key))
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("page", "1"))
        language = request.GET.get("language", "")
        return JsonResponse({"images": [as_data(image, language) for image in page], "more": page.has_next()})

    def quick_view(self, request: HttpRequest) -> JsonResponse:
        """Takes one file with its description; answers as `find`, or `{"errors": {field: [text]}}` with 400."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = QuickForm(request.POST, request.FILES)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        data, language = form.cleaned_data, form.cleaned_data["language"]
        if known := images.same_as(data["file"]):
            said = gettext("The library has this image already; it is used as it stands there.")
            return JsonResponse({"image": as_data(known, language), "said": said})
        try:
            image = images.add(
                request.FILES["file"], by=request.user, at=timezone.now(), texts={language: data["alt"]},
                is_decorative=data["is_decorative"], credit=data["credit"], title=data["title"], checked=data["file"],
            )  # fmt: skip
        except ValidationError as error:
            errors = error.message_dict if hasattr(error, "error_dict") else {"file": error.messages}
            return JsonResponse(
                {"errors": {"alt" if name == "texts" else name: e for name, e in errors.items()}}, status=400
            )
        self.log_addition(request, image, [{"added": {}}])
        return JsonResponse({"image": as_data(image, language), "said": ""})

    def file_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """The picture, or a small one with `size=small`, for whoever may see the library."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        image = get_object_or_404(Image, pk=pk)
        names = [image.file.name or ""]
        if request.GET.get("size") == "small":
            small = [r for r in image.made if r.shape == "whole" and r.format == "webp"]
            names = [image.rendition_path(rendition.name) for rendition in small[:1]] + names
        for name in names:
            try:
                response = FileResponse(
                    image.file.storage.open(name, "rb"),
                    content_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
                )
            except (FileNotFoundError, ValueError):
                continue
            # security: an upload is never taken for a page of this site.
            response["X-Content-Type-Options"] = "nosniff"
            response["Cache-Control"] = "private, max-age=3600"
            return response
        raise Http404(_("The file is missing."))
