"""What allauth asks the site: nobody signs up, who asks, which mails, and how things are called."""

import logging
from types import SimpleNamespace
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext

from items import mail
from items.accounts.client import browser_of
from items.accounts.log import wrong_password
from items.models import SiteSettings

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of the desk."""

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address as our own proxies tell it; a request that came past them counts as its peer's."""
        try:
            return super().get_client_ip(request)
        except (ImproperlyConfigured, PermissionDenied):
            return request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104 (an address, not a socket)

    def get_login_redirect_url(self, request):
        return reverse("admin:index" if request.user.is_staff else "account_home")

    def get_password_change_redirect_url(self, request):
        return reverse("account_home")

    def authentication_failed(self, request, **credentials):
        wrong_password(request, credentials)

    # security: the links in mails carry secrets, so they lead to the site's own address whatever Host was asked.

    def get_reset_password_from_key_url(self, key):
        return _on_this_site(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request, emailconfirmation):
        return _on_this_site(super().get_email_confirmation_url(request, emailconfirmation))

    def send_mail(self, template_prefix, email, context):
        """As allauth would, signed by the site; a mail server that is down must not tell who has an account."""
        site = SimpleNamespace(name=_site_name(), domain=settings.SITE_URL)
        known = {"request": self.request, "email": email, "current_site": site}
        made = self.render_mail(template_prefix, email, {**known, **context})
        mail.deliver(mail.message(made.subject, made.body, email, site_name=site.name))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys, apps and codes."""

    def _get_site_name(self):
        return _site_name()

    def generate_authenticator_name(self, user, type):
        """The browser that makes it: people know their keys by that, not by number."""
        browser, system = browser_of(context.request.headers.get("User-Agent", ""))
        if browser and system:
            return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
        return super().generate_authenticator_name(user, type)

    def build_totp_svg(self, url):
        """The drawing alone, to stand in a page: the policy allows no data: addresses."""
        svg = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]


def _site_name() -> str:
    """The site's name in the language that is spoken."""
    return SiteSettings.current().name(get_language() or settings.LANGUAGE_CODE)


def _on_this_site(url: str) -> str:
    return settings.SITE_URL + urlsplit(url).path
