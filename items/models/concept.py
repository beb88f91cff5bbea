"""The glossary: concepts with a term for each language, what they mean, and how they stand to each other.

A concept is one thing whatever the language: its terms are labels of it (SKOS Reference, section 5). `broader` concepts
hold it as a kind or a part, `related` ones belong to the same talk. Readers see all of it, so all of it is logged.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from items.models.change import Change, Logged
from items.models.fields import LineField, clean_line, clean_text
from items.models.term import Alias, LabelsField, Term
from items.models.trigger import TriggerConstraint


class DefinitionsField(LabelsField):
    """Texts of several lines by language code."""

    def get_db_prep_save(self, value, connection):
        if isinstance(value, dict):
            value = {code: clean_text(text).strip() for code, text in value.items() if clean_text(text).strip()}
        return models.JSONField.get_db_prep_save(self, value, connection)


def validate_synonyms(value: Any) -> None:
    """Synonyms are an object of language code to a list of texts."""
    if not isinstance(value, dict) or not all(
        isinstance(code, str) and isinstance(texts, list) and all(isinstance(text, str) for text in texts)
        for code, texts in value.items()
    ):
        raise ValidationError(_("Synonyms are lists of texts by language code."))


class SynonymsField(models.JSONField):
    """Other terms by language code, such as {"en": ["asylum applicant"]}: each once, whatever its case."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_synonyms]

    def get_db_prep_save(self, value, connection):
        if isinstance(value, dict):
            value = {code: once for code, texts in value.items() if (once := each_once(texts))}
        return super().get_db_prep_save(value, connection)


def each_once(texts: Iterable[str]) -> list[str]:
    """Clean lines in their order, the first of those that differ by case only."""
    found: dict[str, str] = {}
    for text in map(clean_line, texts):
        if text:
            found.setdefault(text.casefold(), text)
    return list(found.values())


class NoCircle(TriggerConstraint):
    """No concept broader than itself, over however many steps: on rows of (concept_id, broader_id)."""

    default_violation_error_message = _("A term cannot be broader than itself.")

    _CLIMB = (
        "WITH RECURSIVE above(id) AS (SELECT NEW.broader_id UNION SELECT link.broader_id FROM %(table)s link "
        "JOIN above ON link.concept_id = above.id) SELECT 1 FROM above WHERE id = NEW.concept_id"
    )

    def sqlite(self):
        return [
            f"CREATE TRIGGER %(name)s_{event} AFTER {event} ON %(table)s "
            f"WHEN EXISTS ({self._CLIMB}) BEGIN SELECT RAISE(ABORT, '%(name)s'); END"
            for event in ("INSERT", "UPDATE")
        ]

    def postgresql(self):
        return [
            "CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF EXISTS ({self._CLIMB}) THEN RAISE EXCEPTION '%(name)s' USING ERRCODE = 'check_violation'; END IF; "
            "RETURN NEW; END $$",
            "CREATE TRIGGER %(name)s AFTER INSERT OR UPDATE ON %(table)s FOR EACH ROW EXECUTE FUNCTION %(name)s()",
        ]


class Concept(Term):
    """One thing that the glossary explains: `labels` are its preferred terms, one for each language."""

    synonyms = SynonymsField(_("synonyms"))
    definitions = DefinitionsField(_("definitions"))
    source_text = LineField(_("source of the definition"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    uri = LineField(
        _("identifier elsewhere"), max_length=500, blank=True,
        help_text=_("The address that another vocabulary, such as the EMN Glossary, has for the same concept."),
    )  # fmt: skip
    broader = models.ManyToManyField(
        "self", through="ConceptBroader", through_fields=("concept", "broader"), symmetrical=False,
        related_name="narrower", verbose_name=_("broader terms"), blank=True,
    )  # fmt: skip
    related = models.ManyToManyField(
        "self", through="ConceptRelated", through_fields=("concept", "other"), symmetrical=True,
        verbose_name=_("related terms"), blank=True,
    )  # fmt: skip

    class Meta:
        ordering = ["slug"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        constraints = [
            Logged(kind=Change.Kind.CONCEPT, name="items_concept_logged"),
            models.UniqueConstraint(
                fields=["uri"],
                condition=~models.Q(uri=""),
                name="items_concept_uri_once",
                violation_error_message=_("Another term has this identifier."),
            ),
        ]

    @classmethod
    def every(cls) -> "models.QuerySet[Concept]":
        """All concepts."""
        return cls._default_manager.all()

    @classmethod
    def with_links(cls) -> "models.QuerySet[Concept]":
        """All concepts with what is broader, narrower and related, in four queries however many they are."""
        return cls.every().prefetch_related("broader", "narrower", "related")

    def definition(self, language: str) -> str:
        """What it means, in this language; "" where nobody has said."""
        return (self.definitions or {}).get(language, "")

    def terms(self, language: str) -> list[str]:
        """What it is called in this language: the preferred term first, then synonyms; empty where it has none."""
        preferred = (self.labels or {}).get(language)
        return ([preferred] if preferred else []) + list((self.synonyms or {}).get(language, []))

    def relate(self, *, broader: Iterable["Concept"] | None = None, related: Iterable["Concept"] | None = None) -> None:
        """Say what is broader and what is related; None leaves it as it is.

        Raises ValidationError, and changes nothing, where the concept would stand above itself or beside itself.
        """
        with transaction.atomic():
            if broader is not None:
                wanted = list(broader)
                if self.pk in self.above(wanted):
                    raise ValidationError({"broader": NoCircle.default_violation_error_message})
                self.broader.set(wanted)
            if related is not None:
                others = list(related)
                if self.pk in {other.pk for other in others}:
                    raise ValidationError({"related": _("A term is not related to itself.")})
                self.related.set(others)

    @staticmethod
    def above(concepts: Iterable["Concept"]) -> set[int]:
        """The keys of these concepts and of all that are broader. One query."""
        steps: dict[int, list[int]] = {}
        for concept, broader in ConceptBroader.objects.values_list("concept_id", "broader_id"):
            steps.setdefault(concept, []).append(broader)
        found: set[int] = set()
        waiting = [concept.pk for concept in concepts]
        while waiting:
            if (pk := waiting.pop()) not in found:
                found.add(pk)
                waiting += steps.get(pk, [])
        return found


class ConceptAlias(Alias):
    """A slug that a concept once had."""

    term = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name = _("former slug")
        verbose_name_plural = _("former slugs")
        constraints = [Logged(kind=Change.Kind.CONCEPT, column="term_id", name="items_conceptalias_logged")]


class ConceptBroader(models.Model):
    """That one concept is broader than another."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")
    broader = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concept", "broader"], name="items_conceptbroader_once"),
            NoCircle(name="items_conceptbroader_no_circle"),
            Logged(kind=Change.Kind.CONCEPT, column="concept_id", name="items_conceptbroader_logged"),
        ]

    def __str__(self):
        return f"{self.concept_id} < {self.broader_id}"


class ConceptRelated(models.Model):
    """That two concepts belong together; stored in both directions."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concept", "other"], name="items_conceptrelated_once"),
            models.CheckConstraint(condition=~models.Q(concept=models.F("other")), name="items_conceptrelated_two"),
            Logged(kind=Change.Kind.CONCEPT, column="concept_id", name="items_conceptrelated_logged"),
        ]

    def __str__(self):
        return f"{self.concept_id} ~ {self.other_id}"
