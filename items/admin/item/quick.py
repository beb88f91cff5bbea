"""The quick item: what one needs to note something in under a minute, on one screen."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from items.admin.item.form import ItemForm
from items.models import Item, ItemType, Verb
from items.quotes import quoted_html

WRITING = ("title", "summary", "source_url", "duplicate_reason", "keywords", "source")
FILING = ("type", "language", "themes")
"""The two columns of the form."""
FIELDS = (*WRITING, *FILING)
CARRIED = ("type", "language", "source")
"""What the next item has in common with the one just saved."""
USUAL_TYPE = "news-item"


class QuickForm(ItemForm):
    """An item with what it cannot do without."""

    class Meta(ItemForm.Meta):
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in FIELDS]:
            del self.fields[name]
        self.order_fields(FIELDS)

    def writing(self) -> list[forms.BoundField]:
        """The fields of the first column. Why an original stands here twice is asked once it does."""
        is_asked = self.has_error("source_url") or bool(self["duplicate_reason"].value())
        return [self[name] for name in WRITING if name != "duplicate_reason" or is_asked]

    def filing(self) -> list[forms.BoundField]:
        """The fields of the second."""
        return [self[name] for name in FILING]


def carried(item: Item) -> str:
    """The query string that gives the next form what it has in common with this item."""
    values = {"type": item.type_id, "language": item.language, "source": item.source_id}
    return urlencode({name: values[name] for name in CARRIED if values[name]})


class QuickViews(admin.ModelAdmin):
    """Mixed into the desk of items."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.quick_view)
        return [path("quick/", view, name="items_item_quick"), *super().get_urls()]

    def quick_view(self, request: HttpRequest) -> HttpResponse:
        """The form, and what it sends: `_save`, `_verb=submit` or `_addanother`."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form_class: Any = self._quick_form(request)
        if request.method != "POST":
            initial = {name: request.GET[name] for name in CARRIED if name in request.GET}
            return self._quick_page(request, form_class(initial={"type": self._usual_type(), **initial}))
        form = form_class(request.POST, instance=Item())
        if not form.is_valid():
            return self._quick_page(request, form)
        try:
            with transaction.atomic():
                item = self._quick_save(request, form)
        except ValidationError as error:
            form.add_error(None, ValidationError(error.messages))
            return self._quick_page(request, form)
        link = reverse("admin:items_item_change", args=[item.pk])
        done = _("waits for review") if item.status == Item.Status.IN_REVIEW else _("is saved as a draft")
        title = quoted_html(format_html('<a href="{}">{}</a>', link, item.title))
        messages.success(request, format_html("{} {}.", title, done))
        if "_addanother" in request.POST:
            return HttpResponseRedirect(f"{request.path}?{carried(item)}")
        return HttpResponseRedirect(reverse("admin:items_item_changelist"))

    def _quick_form(self, request: HttpRequest) -> type[QuickForm]:
        def adapt(field, **kwargs):
            return self.formfield_for_dbfield(field, request, **kwargs)

        form: Any = forms.modelform_factory(Item, QuickForm, fields=FIELDS, formfield_callback=adapt)
        form.user = request.user
        return form

    @staticmethod
    def _usual_type() -> int | None:
        return ItemType.objects.filter(slug=USUAL_TYPE).values_list("pk", flat=True).first()

    def _quick_save(self, request: HttpRequest, form: Any) -> Item:
        """By the same steps as the long form, so that whatever is hung on them is done here too."""
        item = self.save_form(request, form, change=False)
        self.save_model(request, item, form, change=False)
        self.save_related(request, form, [], change=False)
        self.log_addition(request, item, self.construct_change_message(request, form, [], add=True))
        if request.POST.get("_verb") == Verb.SUBMIT:
            item.submit(by=request.user, at=timezone.now())
        return item

    def _quick_page(self, request: HttpRequest, form: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Quick item"),
            "form": form,
            "media": self.media + form.media,
            "has_view_permission": self.has_view_permission(request),
            "is_nav_sidebar_enabled": False,
        }
        return TemplateResponse(request, "admin/items/item/quick.html", context)

    # --- The long form's "save and add another" -----------------------------------------------------------------

    def response_add(self, request, obj, post_url_continue=None):
        return self._carrying(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return self._carrying(request, obj, super().response_change(request, obj))

    def _carrying(self, request: HttpRequest, obj: Item, response: Any) -> Any:
        if "_addanother" in request.POST and "_verb" not in request.POST and response.status_code == 302:
            glue = "&" if "?" in response.url else "?"
            return HttpResponseRedirect(f"{response.url}{glue}{carried(obj)}")
        return response
