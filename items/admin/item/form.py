"""The form of an item: what the database would refuse, said beforehand, beside the field and in plain words."""

from copy import copy
from typing import Any

from django import forms
from django.contrib import admin
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from items.admin.choice import AutocompleteMany, AutocompleteOne, SeveralField
from items.admin.image.fields import PictureChoice
from items.admin.item.body import BodyWidget
from items.admin.item.checklist import ChecklistForm
from items.admin.item.conflict import ConflictForm
from items.admin.item.correction import FIELDS as CORRECTION_FIELDS
from items.admin.item.correction import CorrectionForm
from items.admin.item.duplicates import DuplicateForm
from items.admin.item.fields import KeywordsField, LinesField, as_written
from items.admin.item.keywords import KeywordsInput
from items.admin.item.moment import MomentField
from items.admin.item.story import StoryForm
from items.admin.item.verb_form import TO_AN_ITEM
from items.admin.item.verbs import VerbChecks
from items.admin.tree import TreeChoice, TreeChoices
from items.models import Country, Item, ItemType, Theme
from items.models.item import UNDECIDED, Status
from items.models.language import default_language, language_name


def siblings(item: Item) -> list[Item]:
    """The other languages of an item, by their codes; asked for once while the object stays in its group."""
    group, found = item.__dict__.get("_desk_siblings", (None, []))
    if group != item.translation_group:
        others = Item.objects.filter(translation_group=item.translation_group).exclude(pk=item.pk)
        found = list(others.order_by("language"))
        item.__dict__["_desk_siblings"] = item.translation_group, found
    return found


class ItemForm(ConflictForm, VerbChecks, ChecklistForm, DuplicateForm, CorrectionForm, StoryForm, forms.ModelForm):
    """One item. `user`, set on the class for each request, is who fills it in."""

    user: Any = None

    type = TreeChoice(ItemType.objects.all(), label=_("Type"), help_text=_("What sort of item it is."))
    themes = TreeChoices(
        Theme.objects.all(),
        label=_("Themes"),
        required=False,
        help_text=_("One or several. Readers who choose a wider theme also find the narrower ones below it."),
    )
    keywords = KeywordsField(
        label=_("Keywords"),
        required=False,
        widget=KeywordsInput(
            attrs={
                "data-suggest": reverse_lazy("admin:items_item_keywords"),
                "autocomplete": "off",
                "aria-describedby": "id_keywords_helptext",
            }
        ),
        help_text=_(
            "Divided by commas, such as: reception centre, solidarity. Other spellings of a known keyword become "
            "that keyword; a new word is proposed and waits for approval."
        ),
    )
    countries = SeveralField(
        Country.objects.all(),
        label=_("Countries"),
        required=False,
        widget=AutocompleteMany(Item._meta.get_field("countries"), admin.site),
        help_text=_("Which countries it is about. Type a part of the name."),
    )
    summary = LinesField(
        label=_("Summary"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=_("One paragraph of plain text. Lists, feeds and search results show it."),
    )
    body = LinesField(
        label=_("Text"),
        required=False,
        widget=BodyWidget(attrs={"rows": 14, "class": "vLargeTextField"}),
        help_text=_("Paragraphs divided by blank lines, or simple HTML: headings, lists, links, tables."),
    )
    publish_at = MomentField(
        label=_("Visible from"),
        required=False,
        help_text=_("Leave empty to publish at the moment of approval; a later moment schedules."),
    )
    expire_at = MomentField(label=_("Visible until"), required=False, help_text=_("Leave empty to show it for ever."))
    withdrawal_reason = LinesField(
        label=_("Reason for withdrawal"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=_("Readers of a withdrawn item see it."),
    )
    picture = PictureChoice(
        label=_("Lead image"),
        required=False,
        help_text=_("From the media library; empty for none. What it shows and who made it is said there."),
    )
    translation_of = forms.ModelChoiceField(
        Item.objects.filter(update_of__isnull=True),
        label=_("Translation of"),
        required=False,
        widget=AutocompleteOne(TO_AN_ITEM, admin.site),
        help_text=_(
            "Another item that says the same in another language. Readers can then switch between the two. "
            "Empty changes nothing."
        ),
    )
    separate = forms.BooleanField(
        label=_("Separate from its translations"),
        required=False,
        help_text=_("Tick when this item was tied to the wrong ones."),
    )

    class Meta:
        model = Item
        fields: tuple[str, ...] = ()  # the desk's field sets name them
        help_texts = {
            "title": _("Short and telling: what is new, and for whom."),
            "slug": _("The last part of its address. Left empty, it is made from the title."),
            "publication_date": _("The day the original came out, as readers see it. Leave empty when it is unknown."),
            "source": _("Whose information it is."),
            "source_url": _("Where the original can be read, beginning with https://"),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.was_stored = self._stored() if self.instance.pk else None
        if self.instance.pk and "body" in self.fields:
            self.initial["body"] = as_written(self.instance.body)
        if not self.was_visible:
            for name in CORRECTION_FIELDS:
                del self.fields[name]
        if "title" in self.fields and self.instance.title_is_derived:
            self.fields["title"].help_text = _("Made from the summary when it was imported. Please write a real one.")
        stored = self.was_stored
        is_tied = stored and not stored.is_working_copy and siblings(self.instance)
        if "separate" in self.fields and not is_tied:
            del self.fields["separate"]

    @property
    def was_visible(self) -> bool:
        """Whether readers had the item before this form was sent, so that a change to it is a correction."""
        stored = self.was_stored
        return stored is not None and stored.status != Status.REMOVED and stored.has_appeared(timezone.now())

    def _stored(self) -> Item:
        # The instance of a form that is sent may have been written to.
        return Item.objects.get(pk=self.instance.pk) if self.is_bound else copy(self.instance)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._clean_times(data)
        self._clean_withdrawal(data)
        self._clean_translation(data)
        return data

    def _clean_times(self, data: dict[str, Any]) -> None:
        now, stored = timezone.now(), self.was_stored
        if self.has_error("publish_at") or self.has_error("expire_at"):
            return
        for name in ("publish_at", "expire_at"):
            if stored and name in self.fields and name not in self.changed_data:
                data[name] = getattr(stored, name)  # to the microsecond, which no form shows
        if stored and "publish_at" in data and stored.status not in UNDECIDED:
            moment = data["publish_at"]
            if stored.has_appeared(now) and (not moment or moment > now):
                # Otherwise an address that readers have would stop answering.
                self.add_error(
                    "publish_at",
                    _("Readers have seen this item already: it cannot become visible later. Withdraw it."),
                )
                return
            if not moment:
                self.add_error("publish_at", _("It is approved for a moment: set another, or send it back to review."))
                return
        begins, ends = data.get("publish_at"), data.get("expire_at")
        if begins and ends and ends <= begins:
            self.add_error("expire_at", _("This must be later than “visible from”."))

    def _clean_withdrawal(self, data: dict[str, Any]) -> None:
        stored = self.was_stored
        if stored and stored.is_withdrawn and "withdrawal_reason" in data and not data["withdrawal_reason"].strip():
            self.add_error("withdrawal_reason", _("Say why the item is withdrawn; readers are shown the reason."))

    def _clean_translation(self, data: dict[str, Any]) -> None:
        """Set the translation group, unless it has the language already."""
        other, separate = data.get("translation_of"), data.get("separate")
        if other and separate:
            self.add_error("separate", _("Choose one: a translation of that item, or separate."))
            return
        if other and other.pk == self.instance.pk:
            self.add_error("translation_of", _("An item is no translation of itself. Choose the one it translates."))
            return
        group = self.instance.translation_group
        if other:
            group = other.translation_group
        elif separate:
            group = Item._meta.get_field("translation_group").get_default()
        language = data.get("language", self.instance.language)
        taken = Item.objects.filter(translation_group=group, language=language).exclude(pk=self.instance.pk).first()
        if language and taken:
            field = "translation_of" if other else "language"
            name = language_name(language, default_language())
            message = _("There is already a version in %(language)s: “%(title)s”.")
            self.add_error(field, forms.ValidationError(message, params={"language": name, "title": taken.title}))
            return
        self.instance.translation_group = group
