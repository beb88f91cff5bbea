"""Stories that go on, at the form: what the item comes after, and the whole thread as colleagues see it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from items.admin.choice import AutocompleteOne
from items.admin.item.state import state_of
from items.admin.item.verb_form import TO_AN_ITEM
from items.admin.item.verbs import VerbRefused
from items.models import Item, Relation
from items.threads import Step, desk_thread

FIELDS = ("story_relation", "story_after")


def thread(item: Item) -> list[Step]:
    """The thread of an item as colleagues see it; asked for once while the object stays in its group."""
    group, found = item.__dict__.get("_desk_thread", (None, []))
    if group != item.translation_group:
        found = desk_thread(item)
        item.__dict__["_desk_thread"] = item.translation_group, found
    return found


class StoryForm(forms.Form):
    """Of the item's form: which item it comes after, and how."""

    instance: Item

    story_relation = forms.ChoiceField(
        label=_("This item"),
        choices=[("", _("begins a story, or is in none")), *Relation.choices],
        required=False,
    )
    story_after = forms.ModelChoiceField(
        Item.objects.filter(update_of__isnull=True),
        label=_("Which item"),
        required=False,
        widget=AutocompleteOne(TO_AN_ITEM, admin.site),
        help_text=_("An earlier item, in any language. Type a part of its title."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        is_asked = self.instance.pk and not self.instance.is_working_copy and "story_after" in self.fields
        steps = thread(self.instance) if is_asked else []
        mine = next((step for step in steps if step.is_current), None)
        self.story_was = (mine.relation, mine.after) if mine else ("", None)
        if mine and mine.after:
            self.initial["story_relation"] = mine.relation
            before = next((step.item for step in steps if step.item.translation_group == mine.after), None)
            self.initial["story_after"] = before.pk if before else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        relation, other = data.get("story_relation"), data.get("story_after")
        if not self.is_story_sent or self.has_error("story_after") or self.has_error("story_relation"):
            return data
        if relation and not other:
            self.add_error("story_after", _("Choose the item that this one is tied to."))
        elif other and not relation:
            self.add_error("story_relation", _("Say what this item is to the one that you chose, or take that away."))
        elif other and self.has_other_place:
            try:
                self.instance.check_story(other, relation or "")
            except ValidationError as error:
                self.add_error(None, error)
        return data

    @property
    def is_story_sent(self) -> bool:
        """A form that was opened before there were stories, or that is sent by a program, changes none."""
        return "story_after" in self.fields and "story_relation" in self.data

    @property
    def has_other_place(self) -> bool:
        other = self.cleaned_data.get("story_after")
        return self.story_was != (self.cleaned_data.get("story_relation") or "", other and other.translation_group)

    def save_story(self, *, by: Any, at: Any) -> None:
        """Tie the item, which is saved, to what was chosen."""
        if not (self.is_story_sent and self.has_other_place):
            return
        if other := self.cleaned_data.get("story_after"):
            self.instance.continue_story(other, self.cleaned_data["story_relation"], by=by, at=at)
        else:
            self.instance.leave_story(by=by, at=at)


class StoryViews(admin.ModelAdmin):
    """Mixed into the desk of items."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        try:
            form.save_story(by=request.user, at=timezone.now())
        except ValidationError as error:  # somebody tied them meanwhile
            raise VerbRefused(error) from error

    @admin.display(description=_("the story"))
    def story(self, item: Item) -> str:
        """The thread, drafts and what was taken away included."""
        steps = thread(item)
        if not steps:
            return gettext("It is in no story yet.")
        return format_html('<ol class="desk-story">{}</ol>', format_html_join("", "{}", ([_line(s)] for s in steps)))


def _line(step: Step) -> str:
    day = step.item.publication_date
    words = ", ".join(
        filter(
            None,
            [
                date_format(day, "j M Y") if day else "",
                step.words,
                step.item.language.upper(),
                str(state_of(step.item)[1]),
            ],
        )
    )
    if step.is_current:
        return format_html('<li aria-current="true"><strong>{}</strong> ({})</li>', step.item, capfirst(words))
    address = reverse("admin:items_item_change", args=[step.item.pk])
    return format_html(
        '<li><a href="{}" lang="{}">{}</a> ({})</li>', address, step.item.language, step.item, capfirst(words)
    )
