"""An invitation to the desk: to one mail address, for one role, good once and for a week."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from items.models.fields import LineField

VALID = timedelta(days=7)
PERMISSION = "auth.add_user"


def digest(token: str) -> str:
    """What is stored of a token. A plain hash is enough for 256 random bits."""
    return sha256(token.encode()).hexdigest()


def require(by, role: Group | None = None) -> None:
    """Raise PermissionDenied unless this person may invite people, to this role.

    security: nobody hands out what they do not have themselves.
    """
    if not by.is_active or not by.has_perm(PERMISSION):
        raise PermissionDenied
    if role is not None and not by.is_superuser:
        wanted = Permission.objects.filter(group=role).select_related("content_type")
        if not by.has_perms([f"{p.content_type.app_label}.{p.codename}" for p in wanted]):
            raise PermissionDenied


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, by whether their link works."""

    def open(self, at: datetime) -> "InvitationQuerySet":
        """Those that can be accepted at this instant."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=at)

    def by_token(self, token: str, *, at: datetime) -> "Invitation | None":
        """The open invitation of a link; None if it is unknown, used, revoked or too old, and nothing says which."""
        return self.open(at).filter(token_hash=digest(token)).select_related("role").first() if token else None

    def invite(self, email: str, *, role: Group, by, at: datetime) -> "tuple[Invitation, str]":
        """A new invitation and the token of its link, which is stored nowhere.

        Raises PermissionDenied, and ValidationError where the address has an account or is already invited.
        """
        require(by, role)
        email = email.strip().lower()
        with transaction.atomic():
            self.refuse_known(email, at=at)
            invitation = Invitation(email=email, role=role, invited_by=by, created_at=at)
            invitation.invited_by_name = by.get_full_name() or by.get_username()
            token = invitation._new_token(at)
            invitation.save()
        return invitation, token

    def refuse_known(self, email: str, *, at: datetime) -> None:
        """Raise ValidationError where the address has an account or an invitation that still waits."""
        if get_user_model().objects.filter(email__iexact=email).exists():
            raise ValidationError({"email": _("Somebody with this address has an account already.")})
        if self.open(at).filter(email__iexact=email).exists():
            raise ValidationError({"email": _("This address is invited already; send that invitation again.")})


class Invitation(models.Model):
    """Who invited whom is kept, also after the invitation is used."""

    email = models.EmailField(_("mail address"), db_index=True)
    role = models.ForeignKey(Group, verbose_name=_("role"), null=True, on_delete=models.SET_NULL, related_name="+")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), null=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    invited_by_name = LineField(_("invited by"), max_length=150, blank=True)
    created_at = models.DateTimeField(_("invited"), default=timezone.now, db_index=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    expires_at = models.DateTimeField(_("valid until"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), null=True,
        on_delete=models.SET_NULL, related_name="invitation",
    )  # fmt: skip
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("revoked by"), null=True,
        on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self):
        return self.email

    def is_open(self, at: datetime) -> bool:
        """Whether its link works at this instant."""
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > at

    def renew(self, *, by, at: datetime) -> str:
        """A new link for another week; the former one dies. Gives the token.

        Raises PermissionDenied, and ValidationError where the invitation is accepted or revoked.
        """
        require(by, self.role)
        token = self._new_token(at)
        values = {"token_hash": self.token_hash, "sent_at": self.sent_at, "expires_at": self.expires_at}
        if not self._undecided().update(**values):
            raise ValidationError(_("This invitation is accepted or revoked."))
        return token

    def revoke(self, *, by, at: datetime) -> None:
        """Its link works no more. Raises as `renew` does."""
        require(by, self.role)
        if not self._undecided().update(revoked_at=at, revoked_by=by):
            raise ValidationError(_("This invitation is accepted or revoked."))
        self.revoked_at, self.revoked_by = at, by

    def claim(self, *, at: datetime) -> bool:
        """Use it up: True for one caller only, even if two come at once, and only while it is open."""
        taken = Invitation.objects.open(at).filter(pk=self.pk, token_hash=self.token_hash).update(accepted_at=at)
        return bool(taken)

    def _undecided(self) -> InvitationQuerySet:
        return Invitation.objects.filter(pk=self.pk, accepted_at=None, revoked_at=None)

    def _new_token(self, at: datetime) -> str:
        token = secrets.token_urlsafe(32)
        self.token_hash, self.sent_at, self.expires_at = digest(token), at, at + VALID
        return token
