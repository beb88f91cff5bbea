"""The five statuses of an item. Scheduled and expired are none: they are approved, at another time."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """What has been decided about an item."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REMOVED = "removed", _("removed")


UNDECIDED = (Status.DRAFT, Status.IN_REVIEW)
