"""Bring the search index in step with the content, or make it anew."""

from django.core.management.base import BaseCommand

from items import search


class Command(BaseCommand):
    """`manage.py index_search [--all]`. Searches go on meanwhile."""

    help = "Bring the search index in step with the content. With --all, index every item and word anew."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="index everything anew")

    def handle(self, *args, **options):
        (search.reindex if options["all"] else search.sync)()
