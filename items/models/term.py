"""What every vocabulary term has: a slug that lasts, former slugs that still lead to it, labels by language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from items.models.fields import clean_line
from items.models.language import default_language


def validate_labels(value: Any) -> None:
    """Labels are an object of language code to text."""
    if not isinstance(value, dict) or not all(isinstance(k, str) and isinstance(v, str) for k, v in value.items()):
        raise ValidationError(_("Labels are texts by language code."))


class LabelsField(models.JSONField):
    """Texts by language code, such as {"en": "Reception", "fr": "Accueil"}: a new language needs no migration."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_labels]

    def get_db_prep_save(self, value, connection):
        if isinstance(value, dict):
            value = {code: clean_line(text) for code, text in value.items() if clean_line(text)}
        return super().get_db_prep_save(value, connection)


class TermQuerySet(models.QuerySet["Term"]):
    """Terms, found by the slug they have or once had."""

    def update(self, **kwargs):
        """Change rows in bulk. Raises TypeError for slugs: `save()` renames a term, and keeps its former slug."""
        if "slug" in kwargs:
            raise TypeError("Rename a term by its save(): addresses with its former slug must go on working.")
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def resolve(self, slugs) -> dict[str, Any]:
        """Terms by asked slug; a former slug answers with today's term. Unknown slugs are absent."""
        # PostgreSQL refuses to look for a text with NUL, which no slug holds.
        slugs = {slug for slug in slugs if "\x00" not in slug}
        found: dict[str, Any] = {term.slug: term for term in self.filter(slug__in=slugs)}
        if missing := slugs - set(found):
            aliases = self.model.alias_model().objects.filter(slug__in=missing).select_related("term")
            found |= {alias.slug: alias.term for alias in aliases}
        return found


class Alias(models.Model):
    """A former slug of a term. Addresses and stored filters that hold it go on working."""

    slug = models.SlugField(_("former slug"), max_length=100, unique=True, allow_unicode=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.slug


class Term(models.Model):
    """A word of a controlled vocabulary."""

    slug = models.SlugField(
        _("slug"),
        max_length=100,
        unique=True,
        help_text=_("The word in addresses. After a change the former one still leads here."),
    )
    labels = LabelsField(_("labels"))
    updated_at = models.DateTimeField(auto_now=True)

    objects = TermQuerySet.as_manager()

    aliases: Any  # the reverse of each vocabulary's own Alias model

    class Meta:
        abstract = True

    _stored_slug: str | None = None

    def __str__(self):
        return self.label(default_language())

    @classmethod
    def from_db(cls, db, field_names, values, **kwargs):
        term = super().from_db(db, field_names, values, **kwargs)
        term._stored_slug = term.__dict__.get("slug")
        return term

    @classmethod
    def alias_model(cls) -> Any:
        """The model of this vocabulary's former slugs."""
        return cls._meta.get_field("aliases").related_model

    def label(self, language: str) -> str:
        """The label in this language, else in the site's first, else any, else the slug."""
        labels = self.labels or {}
        return labels.get(language) or labels.get(default_language()) or next(iter(labels.values()), self.slug)

    def clean(self):
        super().clean()
        others = self.alias_model().objects.filter(slug=self.slug).exclude(term=self.pk)
        if self.slug and others.exists():
            raise ValidationError({"slug": _("This was the slug of another term and still leads there.")})

    def save(self, *args, **kwargs):
        """Save, and keep the slug it had until now as an alias."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            if self._stored_slug and self._stored_slug != self.slug:
                self.aliases.filter(slug=self.slug).delete()
                self.aliases.get_or_create(slug=self._stored_slug)
            self._stored_slug = self.slug
