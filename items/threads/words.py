"""What an item is in its story, in the reader's words."""

from django.utils.translation import gettext as _

from items.models import Relation


def said_of(relation: str, ordinal: int = 0) -> str:
    """Such as "3rd update", in the language that is active; "" for the first of a story."""
    if relation == Relation.UPDATES:
        return _update(ordinal)
    if relation == Relation.FOLLOWS:
        return _("Follow-up")
    return _("In another form") if relation == Relation.SAME else ""


def _update(number: int) -> str:
    # Whole phrases, by the last figure as English has them: other languages have other endings, and genders.
    if number == 1:
        return _("1st update")
    if number % 100 not in (11, 12, 13):
        if number % 10 == 1:
            return _("%(number)dst update") % {"number": number}
        if number % 10 == 2:
            return _("%(number)dnd update") % {"number": number}
        if number % 10 == 3:
            return _("%(number)drd update") % {"number": number}
    return _("%(number)dth update") % {"number": number}
