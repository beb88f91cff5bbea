"""What stood here and was taken away for good: 410, or the way to what replaces it."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _

from items.models import Item
from items.page import front_pages, render_page


def answer(request: HttpRequest, pk: int, *, at: datetime, message: str) -> HttpResponse:
    """The answer in place of an item that cannot be read, or of a file of it. Http404 with the message if it never was.

    The page names nothing of what was removed.
    """
    item = Item.objects.removed(at).select_related("replaced_by").filter(pk=pk).first()
    if item is None:
        raise Http404(message)
    if other := item.leads_to(at):
        return HttpResponsePermanentRedirect(other.get_absolute_url())
    context = {"message": _("What stood here was removed and will not come back.")}
    alternates = front_pages(request.LANGUAGE_CODE)
    return render_page(request, "410.html", context, alternates=alternates, noindex=True, status=410)
