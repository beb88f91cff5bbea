"""Review links: an address under which somebody without an account sees one item before readers do."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from items.models.activity import Activity, Verb
from items.models.fields import LineField
from items.models.invitation import digest
from items.models.item import UNDECIDED, Item, Refused, Status, performed

VALID = timedelta(days=14)
LONGEST = timedelta(days=90)
LONGEST_COMMENT = 2_000
"""Characters."""
LONGEST_NAME = 80
PAUSE = timedelta(seconds=30)
"""Between two comments by the same link."""
MOST_COMMENTS = 50
MOST_OPEN = 20
"""Links of one item that work at the same time."""


class ReviewLinkQuerySet(models.QuerySet):
    """Review links, by whether they work."""

    def open(self, at: datetime) -> "ReviewLinkQuerySet":
        """Those that work at an instant: neither revoked nor too old, of an item that readers have not met."""
        unseen = Q(item__status__in=UNDECIDED) | Q(item__status=Status.APPROVED, item__publish_at__gt=at)
        return self.filter(unseen, revoked_at=None, expires_at__gt=at)

    def by_token(self, token: str, *, at: datetime) -> "ReviewLink | None":
        """The open link with this token; None if it is unknown, revoked, too old or over, and nothing says which."""
        return self.open(at).select_related("item").filter(token_hash=digest(token)).first()

    def make(
        self, item: Item, *, by, at: datetime, name: str = "", lasts: timedelta = VALID
    ) -> "tuple[ReviewLink, str]":
        """A new link and its token, which is stored nowhere.

        Raises PermissionDenied, and Refused where readers have met the item already or too many links work.
        """
        if not item.may_be_changed(by):
            raise PermissionDenied
        if item.has_appeared(at):
            raise Refused(_("Readers have met this item: send its public address."))
        if not timedelta(0) < lasts <= LONGEST:
            raise Refused(_("A review link works for 1 to %(days)d days.") % {"days": LONGEST.days})
        if self.open(at).filter(item=item).count() >= MOST_OPEN:
            raise Refused(_("This item has many review links that work. Revoke some first."))
        token = secrets.token_urlsafe(32)
        with transaction.atomic():
            link: Any = self.create(
                item=item, name=name[:LONGEST_NAME], token_hash=digest(token), created_by=by, created_at=at,
                expires_at=at + lasts,
            )  # fmt: skip
            item.log(Verb.LINK, by=by, at=at, text=name[:LONGEST_NAME])
        return link, token


class ReviewLink(models.Model):
    """Who may look at an item by a link, until when, and whether they did."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="review_links")
    name = LineField(_("for whom"), max_length=LONGEST_NAME, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    opened = models.PositiveIntegerField(_("times opened"), default=0)
    opened_at = models.DateTimeField(_("last opened"), null=True, blank=True)
    comments = models.PositiveIntegerField(_("comments"), default=0)
    commented_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("review link")
        verbose_name_plural = _("review links")

    def __str__(self):
        return self.name or f"{timezone.localtime(self.created_at):%Y-%m-%d %H:%M}"

    def is_open(self, at: datetime) -> bool:
        """Whether it works at an instant."""
        return self.revoked_at is None and self.expires_at > at and not self.item.has_appeared(at)

    def count_opening(self, at: datetime) -> None:
        """One more look at the page."""
        ReviewLink.objects.filter(pk=self.pk).update(opened=F("opened") + 1, opened_at=at)

    def revoke(self, *, by, at: datetime) -> None:
        """It works no more. Revoking twice changes nothing."""
        if by.pk != self.created_by_id and not self.item.may_be_changed(by):
            raise PermissionDenied
        with transaction.atomic():
            if ReviewLink.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=at):
                self.item.log(Verb.REVOKE, by=by, at=at, text=self.name)
        self.refresh_from_db()

    def comment(self, *, name: str, text: str, at: datetime) -> Activity:
        """What the visitor says, into the item's record. Raises ValidationError in the visitor's words.

        security: the name is what a stranger typed, so the record says by which way it came; nobody is mentioned.
        """
        name, text = " ".join(name.split()), text.strip()
        problems: dict[str, Any] = {}
        if not name:
            problems["name"] = _("Please say who you are.")
        elif len(name) > LONGEST_NAME:
            problems["name"] = _("At most %(limit)d characters.") % {"limit": LONGEST_NAME}
        if not text:
            problems["text"] = _("Please write a few words.")
        elif len(text) > LONGEST_COMMENT:
            problems["text"] = _("At most %(limit)d characters.") % {"limit": LONGEST_COMMENT}
        if problems:
            raise ValidationError(problems)
        with transaction.atomic():
            rested = Q(commented_at=None) | Q(commented_at__lte=at - PAUSE)
            mine = ReviewLink.objects.filter(rested, pk=self.pk, comments__lt=MOST_COMMENTS)
            if not mine.update(comments=F("comments") + 1, commented_at=at):
                raise ValidationError(_("One comment at a time: please wait half a minute, or write to us by mail."))
            with translation.override(settings.LANGUAGE_CODE):
                who = _now("%(name)s, by review link") % {"name": name}
            activity = Activity.objects.create(item=self.item, verb=Verb.COMMENT, by_name=who, at=at, text=text)
            performed.send(Item, item=self.item, activity=activity, also=[self.created_by] if self.created_by else [])
        return activity
