"""What holds on every page of the desk: a second factor where the site asks for one, and an end to idle sessions."""

import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from items.accounts.factors import has_second_factor

SEEN = "seen"
EVERY = 300
"""Seconds between two writes of "still there": writing at each request would cost a write for each page read."""
WITHOUT = frozenset({"admin:login", "admin:logout"})
"""The addresses of the admin that lead in and out, and show nothing."""


def begin(sender, *, request, **kwargs) -> None:
    """A new session is seen now (Django's `user_logged_in`)."""
    if hasattr(request, "session"):
        request.session[SEEN] = int(time.time())


class DeskMiddleware:
    """Stands behind the session and allauth's own middleware. Touches no session that the page did not."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        response = self.get_response(request)
        if request.session.accessed and request.user.is_authenticated:
            self._still_there(request)
        return response

    def process_view(self, request: HttpRequest, view, args, kwargs):
        """security: every address of the admin and every method, so that no form or list is a way around."""
        if not settings.REQUIRE_SECOND_FACTOR or not _is_desk(request):
            return None
        if not request.user.is_authenticated or has_second_factor(request.user):
            return None
        messages.warning(request, gettext("The desk asks for more than a password. Add a passkey or an app first."))
        return redirect("mfa_index")

    def _still_there(self, request: HttpRequest) -> None:
        now = int(time.time())
        if now - request.session.get(SEEN, 0) >= EVERY:
            # Saving moves the session's end: it comes so long after the last page, and not after the first.
            request.session[SEEN] = now
            UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())


def _is_desk(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is not None and match.view_name in WITHOUT:
        return False
    return request.path.startswith(reverse("admin:index")) or (match is not None and "admin" in match.namespaces)
