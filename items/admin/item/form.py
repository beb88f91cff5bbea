"""The form of an item: what the database would refuse, said beforehand, beside the field and in plain words."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from items.admin.choice import AutocompleteMany, AutocompleteOne, SeveralField
from items.admin.image import PictureField
from items.admin.item.access import Status, has_appeared, statuses
from items.admin.item.fields import KeywordsField, LinesField, MomentField, as_written
from items.admin.item.files import DeskFileWidget, refuse_lost
from items.admin.tree import TreeChoice, TreeChoices
from items.models import Attachment, Country, Item, ItemType, Theme
from items.models.language import default_language, language_name

# The select of another item asks the desk's autocomplete by way of a foreign key; this one points at items.
TO_AN_ITEM: Any = Attachment._meta.get_field("item")


def in_time_zone(text):
    """A help text with the zone in which times are typed."""
    return format_lazy("{} {}", format_lazy(_("In {} time."), settings.TIME_ZONE), text)


class ItemForm(forms.ModelForm):
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
        widget=AdminTextInputWidget(
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
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
        help_text=_("Paragraphs divided by blank lines, or simple HTML: headings, lists, links, tables."),
    )
    publish_at = MomentField(
        label=_("Visible from"),
        required=False,
        help_text=in_time_zone(_("Leave empty to publish at the moment of approval; a later moment schedules.")),
    )
    expire_at = MomentField(
        label=_("Visible until"), required=False, help_text=in_time_zone(_("Leave empty to show it for ever."))
    )
    withdrawal_reason = LinesField(
        label=_("Reason for withdrawal"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=_("Readers of a withdrawn item see it. Needed to withdraw."),
    )
    lead_image = PictureField(
        label=_("Lead image"),
        required=False,
        widget=DeskFileWidget(),
        help_text=_("JPEG, PNG or WebP, at most 10 MB and 40 megapixels."),
    )
    translation_of = forms.ModelChoiceField(
        Item.objects.all(),
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
            "lead_image_alt": _("Needed with an image: what it shows, for people who cannot see it."),
            "lead_image_credit": _("Who made the image, and its licence."),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.was_stored = Item.objects.get(pk=self.instance.pk) if self.instance.pk else None
        if self.instance.pk and "body" in self.fields:
            self.initial["body"] = as_written(self.instance.body)
        if "status" in self.fields:
            allowed = statuses(self.user, self.was_stored, timezone.now())
            status: Any = self.fields["status"]
            status.choices = [(s.value, s.label) for s in Status if s in allowed]
        if "title" in self.fields and self.instance.title_is_derived:
            self.fields["title"].help_text = _("Made from the summary when it was imported. Please write a real one.")
        if "separate" in self.fields and not (self.was_stored and self._group().exclude(pk=self.instance.pk).exists()):
            del self.fields["separate"]

    def _group(self):
        return Item.objects.filter(translation_group=self.instance.translation_group)

    def clean_lead_image(self):
        refuse_lost(self.cleaned_data.get("lead_image"))
        return self.cleaned_data.get("lead_image")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._clean_times(data)
        self._clean_withdrawal(data)
        self._clean_translation(data)
        if data.get("lead_image") and not data.get("lead_image_alt") and not self.has_error("lead_image_alt"):
            self.add_error("lead_image_alt", _("Describe the image for people who cannot see it."))
        return data

    def _clean_times(self, data: dict[str, Any]) -> None:
        now, stored = timezone.now(), self.was_stored
        if self.has_error("publish_at") or self.has_error("expire_at"):
            return
        if stored and has_appeared(stored, now) and (not data.get("publish_at") or data["publish_at"] > now):
            # Otherwise an address that readers have would stop answering.
            self.add_error(
                "publish_at", _("Readers have seen this item already: it cannot become visible later. Withdraw it.")
            )
            return
        if data.get("status") == Status.APPROVED and not data.get("publish_at"):
            data["publish_at"] = now
        begins, ends = data.get("publish_at"), data.get("expire_at")
        if begins and ends and ends <= begins:
            self.add_error("expire_at", _("This must be later than “visible from”."))

    def _clean_withdrawal(self, data: dict[str, Any]) -> None:
        if data.get("status") != Status.WITHDRAWN:
            return
        if not data.get("withdrawal_reason"):
            self.add_error("withdrawal_reason", _("Say why the item is withdrawn; readers are shown the reason."))
        if not data.get("publish_at") and not self.has_error("publish_at"):
            self.add_error("status", _("Only an item that has been approved can be withdrawn."))

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
        language = data.get("language")
        taken = Item.objects.filter(translation_group=group, language=language).exclude(pk=self.instance.pk).first()
        if language and taken:
            field = "translation_of" if other else "language"
            name = language_name(language, default_language())
            message = _("There is already a version in %(language)s: “%(title)s”.")
            self.add_error(field, forms.ValidationError(message, params={"language": name, "title": taken.title}))
            return
        self.instance.translation_group = group
