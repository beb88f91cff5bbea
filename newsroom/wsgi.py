"""The WSGI application that gunicorn serves: the page cache in front of Django, a guard before both."""

import os
from collections.abc import Callable

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application: Callable = get_wsgi_application()

# Imported once Django is set up, since it reads models.
from items.http import CharsetGuard, PageCache  # noqa: E402

if not settings.DEBUG:
    application = PageCache(application)
application = CharsetGuard(application)
