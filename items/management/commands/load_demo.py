"""`manage.py load_demo`: fill an empty newsroom with the demo."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from items import search
from items.demo.load import DemoRefused, load
from items.models import Item


class Command(BaseCommand):
    """Doorbell of `items.demo`."""

    help = _("Fill a newsroom that has no items with the demo newsroom.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help=_("Where there are items already, do nothing and say nothing.")
        )

    def handle(self, *args, **options) -> None:
        if options["if_empty"] and Item.objects.exists():
            return
        try:
            items = load(at=timezone.now())
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from None
        search.sync()
        count = len(items)
        self.stdout.write(
            ngettext("%(count)d demo item loaded.", "%(count)d demo items loaded.", count) % {"count": count}
        )
