"""`manage.py tick`: what has to happen now and then. Run it every minute or so, on as many hosts as you like."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from items import websub


class Command(BaseCommand):
    """Side effects that are due. Running it twice does nothing twice."""

    help = "Do what is due: tell the WebSub hub, where one is configured, of news."

    def handle(self, *args, **options):
        """Ring each bell once."""
        at = timezone.now()
        if settings.WEBSUB_HUB:
            result = websub.tell(settings.WEBSUB_HUB, at=at)
            if options["verbosity"] and (result.told or result.left):
                self.stdout.write(f"WebSub: told of {result.told} feeds, {result.left} left for the next tick.")
