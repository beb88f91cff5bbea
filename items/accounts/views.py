"""Pages of one's own account that allauth has not: the overview, and accepting an invitation."""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from items.accounts.forms import AcceptForm
from items.accounts.invitations import Gone, accept
from items.models import Invitation, SignIn

SHOWN = 20
INVITED = "invitation"


def private(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page about one person: no cache keeps it, no search engine lists it, and its address goes nowhere."""

    @wraps(view)
    @never_cache
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return answer


def absent(request: HttpRequest) -> HttpResponse:
    """What allauth must be able to name though this site has no such page."""
    raise Http404


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """One's own account at a glance: address, keys, sessions, and the latest sign-ins."""
    person = request.user
    factors = Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True)
    context = {
        "passkeys": sum(kind == Authenticator.Type.WEBAUTHN for kind in factors),
        "has_app": Authenticator.Type.TOTP in factors,
        "sessions": UserSession.objects.filter(user_id=person.pk).count(),
        "sign_ins": SignIn.objects.filter(person_id=person.pk)[:SHOWN],
    }
    return render(request, "account/home.html", context)


def invitation_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail. The token goes into the session, so that it stays in no address bar or history."""
    request.session[INVITED] = token
    return redirect("invitation")


@sensitive_post_parameters("password")
def invitation(request: HttpRequest) -> HttpResponse:
    """Accept an invitation: name, user name and password; then one is in."""
    at = timezone.now()
    invited = Invitation.objects.by_token(request.session.get(INVITED, ""), at=at)
    if invited is None or request.user.is_authenticated:
        return render(request, "account/invitation_gone.html", status=404 if invited is None else 200)
    form = AcceptForm(request.POST if request.method == "POST" else None, email=invited.email)
    if request.method == "POST" and form.is_valid():
        try:
            person = accept(invited, **form.cleaned_data, at=at)
        except Gone:
            return render(request, "account/invitation_gone.html", status=404)
        except IntegrityError:
            form.add_error("username", gettext("This name is taken. Choose another."))
        else:
            del request.session[INVITED]
            messages.success(request, gettext("Welcome. Add a passkey, and you need no password any more."))
            record_authentication(request, person, method="invitation", reauthenticated=True)
            return perform_login(request, Login(user=person, redirect_url=reverse("mfa_add_webauthn")))
    return render(request, "account/invitation.html", {"form": form, "invitation": invited})
