"""The rules of the checklist: each looks at an item's content and says what could be better, or nothing."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from items.checklist.content import Content
from items.checklist.words import KNOWN_ACRONYMS, SAYS_NOTHING, language_of
from items.models.checklist_rule import Level
from items.models.language import default_language, language_name
from items.text import fold

Complaints = Iterator[tuple[str, str]]
"""(field of the form, what could be better) for each thing found."""


@dataclass(frozen=True)
class Rule:
    """A rule: its code, what it asks, and how much it counts unless an Administrator says otherwise."""

    code: str
    label: Any
    default: Level
    check: Callable[[Content, date], Complaints]


RULES: dict[str, Rule] = {}
TITLE = 20, 110
SUMMARY = 80, 400
KEYWORDS = 2, 6

_FILE_NAME = re.compile(
    r"^\S+\.(jpe?g|png|gif|webp|avif|svg|tiff?|bmp|heic)$|^(img|dsc|dscn|image|photo|scan)[_-]?\d+$", re.I
)
_ADDRESS = re.compile(r"^(https?://|www\.)\S+$", re.I)
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,7}s?\b")


def rule(code: str, label: Any, default: Level = Level.RECOMMENDED):
    """Put a rule on the list, under a code that stays the same for ever."""

    def register(check: Callable[[Content, date], Complaints]):
        RULES[code] = Rule(code, label, default, check)
        return check

    return register


@rule("title-length", gettext_lazy("The title has 20 to 110 characters"))
def title_length(content: Content, today: date) -> Complaints:
    length, (least, most) = len(content.title), TITLE
    if length < least:
        yield "title", _("The title is short: it has %(length)d characters, %(least)d or more say what is new.") % {
            "length": length, "least": least,
        }  # fmt: skip
    elif length > most:
        yield "title", _("The title is long: it has %(length)d characters, %(most)d are enough.") % {
            "length": length, "most": most,
        }  # fmt: skip


@rule("title-capitals", gettext_lazy("The title is not in capitals"), Level.REQUIRED)
def title_capitals(content: Content, today: date) -> Complaints:
    letters = [letter for letter in content.title if letter.isalpha() and letter.upper() != letter.lower()]
    if len(letters) >= 8 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters):
        yield "title", _("The title is in capitals, which are hard to read and are spelt out by some screen readers.")


@rule("summary-length", gettext_lazy("The summary has 80 to 400 characters"))
def summary_length(content: Content, today: date) -> Complaints:
    length, (least, most) = len(content.summary), SUMMARY
    if not least <= length <= most:
        message = _("The summary has %(length)d characters; between %(least)d and %(most)d suit lists and feeds.")
        yield "summary", message % {"length": length, "least": least, "most": most}


@rule("theme", gettext_lazy("It has a theme"), Level.REQUIRED)
def theme(content: Content, today: date) -> Complaints:
    if not content.themes:
        yield "themes", _("Choose a theme: without one, readers who follow a theme do not see it.")


@rule("keywords", gettext_lazy("It has two to six keywords"))
def keywords(content: Content, today: date) -> Complaints:
    least, most = KEYWORDS
    if content.keywords < least or content.keywords > most:
        yield (
            "keywords",
            ngettext(
                "It has %(count)d keyword; two to six lead readers to it and to what is related.",
                "It has %(count)d keywords; two to six lead readers to it and to what is related.",
                content.keywords,
            )
            % {"count": content.keywords},
        )


@rule("source", gettext_lazy("Its source is named"), Level.REQUIRED)
def source(content: Content, today: date) -> Complaints:
    if not content.has_source:
        yield "source", _("Say whose information it is.")


@rule("source-address", gettext_lazy("The original’s address is there"))
def source_address(content: Content, today: date) -> Complaints:
    if not content.source_url:
        yield "source_url", _("Give the address of the original, so that readers can go on to it.")


@rule("date", gettext_lazy("Its publication date is not in the future"), Level.REQUIRED)
def publication_date(content: Content, today: date) -> Complaints:
    if content.publication_date and content.publication_date > today:
        yield "publication_date", _("The publication date is still to come. To publish later, use “visible from”.")


@rule("link-text", gettext_lazy("Link texts say where they lead"))
def link_text(content: Content, today: date) -> Complaints:
    for text, href in content.outline.links:
        if not fold(text):
            yield "body", _("A link to %(address)s has no text.") % {"address": href[:80]}
        elif fold(text) in SAYS_NOTHING or _ADDRESS.match(text):
            yield "body", _("The link “%(text)s” does not say where it leads.") % {"text": text[:80]}


@rule("headings", gettext_lazy("Headings follow in order"))
def headings(content: Content, today: date) -> Complaints:
    before = 1
    for level in content.outline.headings:
        if level > before + 1:
            yield "body", _("A heading of level %(level)d follows one of level %(before)d: one is left out.") % {
                "level": level, "before": before,
            }  # fmt: skip
            return
        before = level


@rule("alternative-text", gettext_lazy("Images are described"), Level.REQUIRED)
def alternative_text(content: Content, today: date) -> Complaints:
    for picture in content.pictures:
        if picture.is_decorative:
            continue
        if not picture.alt.strip():
            yield picture.field, _("An image has no alternative text for people who cannot see it.")
        elif _FILE_NAME.match(picture.alt.strip()):
            yield picture.field, _("The alternative text “%(alt)s” is the name of a file.") % {"alt": picture.alt[:80]}


@rule("acronyms", gettext_lazy("Acronyms are explained where they are first used"))
def acronyms(content: Content, today: date) -> Complaints:
    whole = " ".join([content.title, content.summary, content.outline.text])
    if content.title.isupper():
        return
    unexplained = []
    for acronym in dict.fromkeys(_ACRONYM.findall(whole)):
        known = acronym in KNOWN_ACRONYMS or acronym.rstrip("s") in KNOWN_ACRONYMS
        # "Full Name (ABC)" or "ABC (full name)", in whichever part, or <abbr title>.
        explained = f"({acronym})" in whole or re.search(rf"\b{acronym} \([^)]*[a-zà-ÿ]{{3}}", whole)
        if not known and not explained and acronym not in content.outline.explained:
            unexplained.append(acronym)
    if unexplained:
        yield (
            "body",
            _("Not explained where they are first used: %(acronyms)s.") % {"acronyms": ", ".join(unexplained[:8])},
        )


@rule("language", gettext_lazy("The text is in the language that the item says"))
def language(content: Content, today: date) -> Complaints:
    for field, text in (("summary", content.summary), ("body", content.outline.text)):
        found = language_of(text, declared=content.language)
        if found != content.language:
            names = {code: language_name(code, default_language()) for code in (found, content.language)}
            message = _("This reads like %(found)s, and the item says %(declared)s.")
            yield field, message % {"found": names[found], "declared": names[content.language]}
            return


@rule("event-place", gettext_lazy("An event has a place or an online address"), Level.REQUIRED)
def event_place(content: Content, today: date) -> Complaints:
    if content.is_event and not content.place and not content.online_url:
        yield "event-0-place", _("Say where the event is, or at which address online.")
