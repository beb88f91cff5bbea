"""A concept as a file states it, before anything is compared with what is stored."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from items.models.language import default_language

MOST_BYTES = 10 * 1024 * 1024
"""The largest file that is read."""
MOST_ROWS = 20_000


class GlossaryFileError(Exception):
    """The file cannot be read at all. The text says why."""


def too_many() -> GlossaryFileError:
    """What is said of a file with more concepts than any glossary has."""
    return GlossaryFileError(_("The file holds more than %(count)d terms.") % {"count": MOST_ROWS})


@dataclass
class Row:
    """One concept. What a file does not state is absent, or None, and stays as it is stored.

    `where` is how people find it in the file: "line 7", or its identifier. `broader` and `related` name other concepts
    by identifier, slug or label. `wanted_slug` is for a concept that is new here. `problems` make it refused.
    """

    where: str
    slug: str = ""
    wanted_slug: str = ""
    uri: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    synonyms: dict[str, list[str]] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    source_text: str | None = None
    source_url: str | None = None
    broader: list[str] | None = None
    related: list[str] | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What people know it by: a label, preferably in the site's first language, else slug or identifier."""
        labels = self.labels
        return labels.get(default_language()) or next(filter(None, labels.values()), "") or self.slug or self.uri
