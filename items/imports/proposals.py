"""New keywords: names that the vocabulary lacks, proposed to its editors."""

from collections.abc import Iterable
from itertools import count

from items.models import Keyword, KeywordAlias
from items.text import spelling


def propose(names: Iterable[str]) -> dict[str, Keyword]:
    """Proposed keywords of these names, by case-folded name; names that differ in accents or hyphens only share one.

    Names are known to be none yet; each is on one line and no longer than a keyword's name may be.
    """
    names = list(names)
    spellings = {name.casefold(): spelling(name) or name for name in names}
    first_spelling = {spelling(name) or name: name for name in reversed(names)}
    if not first_spelling:
        return {}
    taken = {*Keyword.objects.values_list("slug", flat=True), *KeywordAlias.objects.values_list("slug", flat=True)}
    made = [Keyword(name=name, slug=_free_slug(name, taken)) for name in reversed(first_spelling.values())]
    by_key = {spelling(keyword.name) or keyword.name: keyword for keyword in Keyword.objects.bulk_create(made)}
    return {written: by_key[key] for written, key in spellings.items()}


def _free_slug(name: str, taken: set[str]) -> str:
    """A slug for this name that no keyword has or once had; it is taken from now on."""
    keyword = Keyword(name=name)
    slugs = (keyword.slugify(name, number or None) for number in count())
    slug = next(slug for slug in slugs if slug not in taken)
    taken.add(slug)
    return slug
