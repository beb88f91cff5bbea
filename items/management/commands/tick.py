"""`manage.py tick`: what has to happen now and then. Run it every minute or so, on as many hosts as you like."""

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand
from django.utils import timezone

from items import images, websub
from items.models import Autosave, Item, Presence, SignIn
from items.models.item.history import forget_deleted


class Command(BaseCommand):
    """Side effects that are due. Running it twice does nothing twice."""

    help = (
        "Do what is due: tell the WebSub hub, where one is configured, of news; make sizes of images; "
        "forget old sign-ins and sessions."
    )

    def handle(self, *args, **options):
        """Ring each bell once."""
        at = timezone.now()
        if settings.WEBSUB_HUB:
            result = websub.tell(settings.WEBSUB_HUB, at=at)
            if options["verbosity"] and (result.told or result.left):
                self.stdout.write(f"WebSub: told of {result.told} feeds, {result.left} left for the next tick.")
        drawn = images.make_missing(at=at)
        if options["verbosity"] and drawn:
            self.stdout.write(f"Images: made further sizes of {drawn}.")
        forgotten = SignIn.objects.prune(at=at)
        Session.objects.filter(expire_date__lt=at).delete()
        Presence.objects.prune(at)
        Autosave.objects.prune(at)
        forget_deleted(Item, at=at)
        if options["verbosity"] and forgotten:
            self.stdout.write(f"Sign-ins: forgot {forgotten} old ones.")
