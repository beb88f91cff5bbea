"""Accounts and their mail addresses."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction


def set_address(person: AbstractBaseUser, address: str) -> None:
    """The one address of a person, taken as confirmed: an administrator wrote it, or an invitation reached it."""
    with transaction.atomic():
        EmailAddress.objects.filter(user_id=person.pk).delete()
        if address:
            EmailAddress.objects.create(user_id=person.pk, email=address.lower(), primary=True, verified=True)
