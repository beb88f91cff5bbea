"""Invitations with their mails, and the account that comes of one."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.urls import reverse

from items import mail
from items.accounts.people import set_address
from items.models import Invitation


def invite(email: str, *, role: Group, by, at: datetime) -> Invitation:
    """Invite an address and send it the link. Raises as `Invitation.objects.invite` does."""
    with transaction.atomic():
        invitation, token = Invitation.objects.invite(email, role=role, by=by, at=at)
        _send(invitation, token, at=at)
    return invitation


def renew(invitation: Invitation, *, by, at: datetime) -> None:
    """Send a new link; the former one dies."""
    with transaction.atomic():
        token = invitation.renew(by=by, at=at)
        _send(invitation, token, at=at)


def revoke(invitation: Invitation, *, by, at: datetime) -> None:
    """Take an invitation back. Nobody is told: the link simply works no more."""
    invitation.revoke(by=by, at=at)


class Gone(Exception):
    """The invitation was used, revoked or became too old meanwhile."""


def accept(
    invitation: Invitation, *, username: str, password: str, first_name: str, last_name: str, at: datetime
) -> User:
    """Make the account that was promised, once. Raises `Gone`, and IntegrityError where the name is taken meanwhile."""
    with transaction.atomic():
        if not invitation.claim(at=at):
            raise Gone
        person = User.objects.create_user(
            username, invitation.email, password, first_name=first_name, last_name=last_name, is_staff=True
        )
        if invitation.role:
            person.groups.add(invitation.role)
        set_address(person, invitation.email)
        Invitation.objects.filter(pk=invitation.pk).update(person=person)
    return person


def link(token: str) -> str:
    """The whole address of an invitation."""
    return settings.SITE_URL + reverse("invitation_link", args=[token])


def _send(invitation: Invitation, token: str, *, at: datetime) -> None:
    context = {"invitation": invitation, "link": link(token)}
    mail.send("invitation", to=invitation.email, context=context, at=at)
