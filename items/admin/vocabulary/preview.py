"""The page that stands before every change of a vocabulary: what will happen, to which items, and the button."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from items import vocabulary
from items.admin.item.state import state_of

PER_PAGE = 50


class Rows:
    """The items of a plan as a sequence of which Paginator loads a slice."""

    def __init__(self, plan: vocabulary.Plan):
        self.plan = plan
        self._count = plan.count()

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, part: slice) -> list[Any]:
        items = self.plan.some(part.start or 0, part.stop)
        for item in items:
            item.desk_state, item.desk_words = state_of(item)
        return items


def page_of(plan: vocabulary.Plan, number: Any) -> Any:
    """A page of the items that a looked-at plan touches; the nearest there is."""
    return Paginator(Rows(plan), PER_PAGE).get_page(number)  # type: ignore[arg-type]


def desk_page(desk, request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
    """A page of the vocabulary desk in the admin's frame."""
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "media": desk.media,
        "is_nav_sidebar_enabled": False,
        **context,
    }
    return TemplateResponse(request, f"admin/items/vocabulary/{template}.html", context)


def told(error: vocabulary.Refused) -> str:
    """What a refusal says."""
    return " ".join(error.messages)


def tell(request: HttpRequest, changes: list[Any]) -> None:
    """Say what was done, with a link to where it can be undone."""
    if changes:
        said = format_html_join(" ", "{}", ([change.sentence] for change in changes[:5]))
        link = reverse("admin:items_vocabularychange_changelist")
        messages.success(request, format_html('{} <a href="{}">{}</a>', said, link, _("Undo is here.")))


def ask(
    desk, request: HttpRequest, form: Any, *, refusal: vocabulary.Refused | None = None, field: str = "", **context: Any
) -> TemplateResponse:
    """The form that stands before a preview, as it was filled in.

    A `refusal` stands at the field that it names, else at `field`, else on top.
    `context`: `title`, `back` (an address), and where needed `says` (sentences) and `hidden` (names with values).
    """
    if refusal is not None:
        form.add_error(refusal.code if refusal.code in form.fields else field or None, refusal)
    return desk_page(desk, request, "ask", form=form, **{"says": [], "hidden": [], **context})


Asked = Callable[..., HttpResponse]
"""`ask` with all but the refusal."""


def preview(
    desk, request: HttpRequest, plan: vocabulary.Plan, *, asked: Asked | None = None, **context: Any
) -> HttpResponse:
    """Show what a plan would do, or do it where that was shown and confirmed.

    `asked` shows the form that the plan comes from, with the `refusal` where the vocabulary does not allow it; a plan
    from no form is refused where `back` leads to.
    `context`: `title`, `says` (sentences), `button`, `back` (an address), and what the template of it asks for.
    """
    back, problem = context["back"], None
    if request.method == "POST" and "confirm" in request.POST:
        try:
            tell(request, plan.carry_out(by=request.user, at=timezone.now(), seen=request.POST.get("seen", "")))
            return HttpResponseRedirect(back)
        except vocabulary.Refused as error:
            problem = error
    try:
        token = plan.look(request.user)
    except vocabulary.Refused as error:
        if asked is not None:
            return asked(refusal=error)
        messages.error(request, told(error))
        return HttpResponseRedirect(back)
    if problem is not None:
        messages.error(request, told(problem))
    number = request.POST.get("page") or request.GET.get("page")
    query = request.GET.copy()
    query.pop("page", None)
    page = page_of(plan, number)
    context = {"page": page, "seen": token, "query": query.urlencode(), **context}
    return desk_page(desk, request, context.pop("template", "preview"), **context)
