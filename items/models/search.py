"""What the search keeps beside its index: how far it has come, what waits, the archive's words, what was not found.

The index itself is no model: an FTS5 table on SQLite, a table of tsvectors on PostgreSQL, both `items_searchdocument`,
known to `items.search` alone. Nothing here is what readers see, so nothing here is in the change log.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from items.models.attachment import Attachment


class SearchState(models.Model):
    """Which content the index has heard of, in one row. Whoever brings it further locks that row."""

    archive = models.CharField(max_length=32, blank=True, default="")
    version = models.BigIntegerField(default=0)
    layout = models.CharField(max_length=20, blank=True, default="", help_text="What the index was made by.")

    def __str__(self):
        return str(self.version)


class SearchQueue(models.Model):
    """An item that has changed, or is no more, and waits to be indexed."""

    item = models.BigIntegerField(primary_key=True)

    def __str__(self):
        return str(self.item)


class SearchWord(models.Model):
    """A word of the archive, for suggestions. `uses` grows with each indexing; it tells common from rare, no more."""

    word = models.CharField(max_length=64, unique=True, help_text="Folded: lower case, no accents.")
    shown = models.CharField(max_length=64, help_text="As it is written.")
    uses = models.BigIntegerField(default=0)
    length = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["length", "-uses"], name="items_searchword_length")]

    def __str__(self):
        return self.shown


class SearchMiss(models.Model):
    """Words that found nothing, counted by day. Who asked is not kept."""

    day = models.DateField(_("day"))
    words = models.CharField(_("words"), max_length=100)
    count = models.PositiveIntegerField(_("times"), default=1)

    class Meta:
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")
        ordering = ["-day", "-count", "words"]
        constraints = [models.UniqueConstraint(fields=["day", "words"], name="items_searchmiss_once_a_day")]

    def __str__(self):
        return self.words


class AttachmentText(models.Model):
    """The text read out of a file. Files never change under one name, so each is read once."""

    # No constraint in the database: an attachment may go while its file is being read.
    attachment = models.OneToOneField(
        Attachment, on_delete=models.CASCADE, primary_key=True, db_constraint=False, related_name="text"
    )
    file = models.CharField(max_length=250)
    text = models.TextField(blank=True)

    def __str__(self):
        return self.file
