"""Second factors: who has one, and the way back in for who has lost theirs."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from items import mail

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes alone are no second factor: they only stand in for one."""


def has_second_factor(person: AbstractBaseUser) -> bool:
    """Whether signing in asks this person for more than a password."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS).exists()


def remove_second_factors(person, *, by, at: datetime) -> int:
    """Take away all passkeys, apps and codes of somebody who has lost them, and tell them; gives how many.

    Raises PermissionDenied unless `by` may change accounts, and this one; nobody does it for themselves, since that
    would let whoever found a signed-in browser do it.
    """
    if not by.is_active or not by.has_perm("auth.change_user") or by.pk == person.pk:
        raise PermissionDenied
    if person.is_superuser and not by.is_superuser:
        raise PermissionDenied
    with transaction.atomic():
        removed = Authenticator.objects.filter(user_id=person.pk).delete()[0]
        if removed:
            mail.send("second_factors_removed", to=person, context={"by": by.get_full_name() or by.username}, at=at)
    return removed
