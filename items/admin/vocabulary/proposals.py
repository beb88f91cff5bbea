"""The queue of proposed keywords."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from items import vocabulary
from items.admin.choice import is_key
from items.admin.vocabulary.fields import KeywordField
from items.admin.vocabulary.preview import desk_page, preview, told
from items.admin.vocabulary.twins import shown_twins
from items.quotes import quoted

PER_PAGE = 25


class ProposalViews:
    """Mixed into the desk of keywords."""

    def get_urls(self):
        ways = [
            self.way("proposals/", self.proposals_view, "proposals"),  # type: ignore[attr-defined]
            self.way("refuse/", self.refuse_view, "refuse"),  # type: ignore[attr-defined]
        ]
        return [*ways, *super().get_urls()]  # type: ignore[misc]

    def proposals_view(self, request: HttpRequest) -> HttpResponse:
        """Each proposal with who used it first and where, and its likely twins. `do` says what those ticked become."""
        desk: Any = self
        if request.method == "POST":
            return self._done(request)
        page = Paginator(vocabulary.proposed(), PER_PAGE).get_page(request.GET.get("page"))
        described = vocabulary.described(page.object_list)
        twins = shown_twins(vocabulary.twins_of([proposal.keyword.pk for proposal in described]))
        rows = [(proposal, twins[proposal.keyword.pk]) for proposal in described]
        widget = KeywordField().widget
        into = widget.render("into", request.GET.get("into", ""), {"id": "id_into"})
        return desk_page(
            desk, request, "proposals", title=_("Proposed keywords"), page=page, rows=rows, into=into, query=""
        )

    def _done(self, request: HttpRequest) -> HttpResponse:
        keys = [key for key in request.POST.getlist("term") if is_key(key)]
        here = request.get_full_path()
        if not keys:
            messages.error(request, _("Tick the words first."))
            return HttpResponseRedirect(here)
        terms = QueryDict(mutable=True)
        terms.setlist("term", keys)
        if "refuse" in request.POST:
            return HttpResponseRedirect(f"{reverse('admin:items_keyword_refuse')}?{terms.urlencode()}")
        if "merge" in request.POST:
            if into := request.POST.get("into", "").strip():
                terms["into"] = into[:100]
            return HttpResponseRedirect(f"{reverse('admin:items_keyword_merge')}?{terms.urlencode()}")
        try:
            done = len(vocabulary.approve([int(key) for key in keys], by=request.user, at=timezone.now()))
        except vocabulary.Refused as error:
            messages.error(request, told(error))
        else:
            messages.success(request, ngettext("%d keyword is approved.", "%d keywords are approved.", done) % done)
        return HttpResponseRedirect(here)

    def refuse_view(self, request: HttpRequest) -> HttpResponse:
        """`?term=1&term=2`: which items lose the words, then they go."""
        desk: Any = self
        keys = [int(key) for key in request.GET.getlist("term") if is_key(key)][:100]
        terms = vocabulary.proposed().filter(pk__in=keys)
        names = quoted(term.name for term in terms)
        plan = vocabulary.Refuse(keys)
        says = [_("These words go, and the items below lose them: %(names)s.") % {"names": names}]
        says.append(_("This can be undone."))
        title, back = _("Refuse %(names)s") % {"names": names}, desk.address("proposals")
        return preview(desk, request, plan, title=title, says=says, button=_("Refuse"), back=back)
