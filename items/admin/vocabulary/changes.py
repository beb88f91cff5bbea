"""The last changes of the vocabularies, each with its undo."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from items import vocabulary
from items.admin.choice import is_key
from items.admin.desk import Desk
from items.admin.vocabulary.preview import desk_page, told
from items.models import VocabularyChange

PER_PAGE = 50


@admin.register(VocabularyChange)
class VocabularyChangeAdmin(Desk):
    """One page; there is nothing to add, change or delete."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return vocabulary.may_govern(request.user, "keyword")

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context=None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            self._undo(request)
            return HttpResponseRedirect(request.get_full_path())
        changes = VocabularyChange.objects.select_related("by").defer("data")
        page = Paginator(changes, PER_PAGE).get_page(request.GET.get("page"))
        rows = [
            (change, change.undone_at is None and vocabulary.may_undo(request.user, change))
            for change in page.object_list
        ]
        title = _("Changes of the vocabulary")
        return desk_page(self, request, "changes", title=title, page=page, rows=rows, query="")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return HttpResponseRedirect("../../")

    def history_view(self, request, object_id, extra_context=None):
        raise Http404

    def _undo(self, request: HttpRequest) -> None:
        key = request.POST.get("undo", "")
        change = VocabularyChange.objects.filter(pk=key).first() if is_key(key) else None
        if change is None:
            raise Http404
        try:
            vocabulary.undo(change, by=request.user, at=timezone.now())
        except vocabulary.Refused as error:
            refused = _("This was not undone.")
            messages.error(request, f"{change.sentence} {refused} {told(error)}")
        else:
            messages.success(request, _("Undone: %(change)s") % {"change": change.sentence})
