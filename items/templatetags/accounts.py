"""What the pages of signing in need beside allauth's own tags."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from items.accounts.client import browser_of
from items.accounts.client import network as network_of
from items.http import path_in_language
from items.models import SignIn

register = template.Library()


@dataclass(frozen=True)
class Place:
    """A page in the navigation of one's account."""

    url: str
    is_current: bool


@register.simple_tag
def languages_of(request: HttpRequest) -> list[tuple[str, str, str]]:
    """(code, name, address) of this page in each language of the site."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return [(code, name, path_in_language(request.path, code) + query) for code, name in settings.LANGUAGES]


@register.simple_tag
def place(request: HttpRequest, name: str) -> Place:
    """A page of one's account by its name; the current one, and the ones below it, are marked."""
    url = reverse(name)
    is_current = request.path == url if name == "account_home" else request.path.startswith(url)
    return Place(url, is_current)


@register.filter
def device(session) -> str:
    """The browser of a session, in words."""
    browser, system = browser_of(session.user_agent)
    return SignIn(browser=browser, system=system).device


@register.filter
def network(session) -> str:
    """The network of a session, written as the log of sign-ins writes it."""
    return network_of(session.ip)
