"""Writes the log of sign-ins when allauth says that somebody came in, or failed to."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest

from items.accounts.client import browser_of, network, shortened
from items.models import SignIn
from items.models.sign_in import How

SECOND = {
    Authenticator.Type.TOTP: How.APP,
    Authenticator.Type.WEBAUTHN: How.KEY,
    Authenticator.Type.RECOVERY_CODES: How.RECOVERY,
}


def record(request: HttpRequest, *, person: User | None, how: str, succeeded: bool) -> SignIn:
    """One line of the log."""
    browser, system = browser_of(request.headers.get("User-Agent", ""))
    address = network(get_adapter(request).get_client_ip(request))
    return SignIn.objects.create(
        person=person, how=how, succeeded=succeeded, address=address, browser=browser, system=system
    )


def how_of(records: list[dict]) -> str:
    """What allauth's record of the steps taken comes to. The last second factor counts."""
    how: str = How.PASSWORD
    for step in records:
        if step.get("method") == "invitation":
            how = How.INVITATION
        elif step.get("method") == "mfa":
            how = How.PASSKEY if step.get("passwordless") else SECOND.get(step.get("type", ""), how)
    return how


def came_in(sender, *, request: HttpRequest, user: User, **kwargs) -> None:
    """Somebody is signed in (allauth's `user_logged_in`)."""
    record(request, person=user, how=how_of(get_authentication_records(request, user)), succeeded=True)


def wrong_password(request: HttpRequest, credentials: dict) -> None:
    """A password that does not fit; the person is named only if there is one."""
    name, email = credentials.get("username"), credentials.get("email")
    known = Q(username__iexact=name) if name else Q(pk__in=[])
    if email:
        known |= Q(email__iexact=email)
    people = list(User.objects.filter(known)[:2])
    record(request, person=people[0] if len(people) == 1 else None, how=How.PASSWORD, succeeded=False)


def wrong_second_factor(sender, *, request: HttpRequest, user: User, authenticator, **kwargs) -> None:
    """A code that does not fit (allauth's `authentication_failed`)."""
    record(request, person=user, how=SECOND.get(authenticator.type, How.APP), succeeded=False)


def shorten_session(sender, *, instance, **kwargs) -> None:
    """The list of one's sessions keeps no more of an address than the log does."""
    instance.ip = shortened(str(instance.ip))
