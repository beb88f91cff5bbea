"""The log of sign-ins: who came in, when and how, and who tried."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=180)
BATCH = 2000


class How(models.TextChoices):
    """What somebody signed in with."""

    PASSWORD = "password", _("password")
    PASSKEY = "passkey", _("passkey")
    APP = "app", _("password and code of an app")
    KEY = "key", _("password and security key")
    RECOVERY = "recovery", _("password and recovery code")
    INVITATION = "invitation", _("invitation")


class SignInQuerySet(models.QuerySet):
    """Sign-ins of many people."""

    def prune(self, *, at: datetime) -> int:
        """Delete what is older than `KEPT`, a few at a time; the number of rows deleted."""
        deleted = 0
        while keys := list(self.filter(at__lt=at - KEPT).values_list("pk", flat=True)[:BATCH]):
            deleted += self.filter(pk__in=keys).delete()[0]
        return deleted


class SignIn(models.Model):
    """One sign-in, or one attempt. Written once, then only read, and deleted after `KEPT`.

    Of an attempt with an unknown name nothing typed is kept: people type passwords into the wrong field.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), null=True, on_delete=models.CASCADE, related_name="sign_ins"
    )
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    how = models.CharField(_("how"), max_length=20, choices=How.choices)
    succeeded = models.BooleanField(_("let in"))
    address = models.CharField(_("network"), max_length=50, blank=True)  # shortened: never one machine
    browser = models.CharField(max_length=40, blank=True)
    system = models.CharField(max_length=40, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        indexes = [models.Index(fields=["person", "-at"], name="items_sign_in_of_person")]

    def __str__(self):
        return f"{self.person or '–'}, {self.at:%Y-%m-%d %H:%M}"

    @property
    def device(self) -> str:
        """The browser in words."""
        if self.browser and self.system:
            return gettext("%(browser)s on %(system)s") % {"browser": self.browser, "system": self.system}
        return self.browser or self.system or gettext("an unknown browser")
