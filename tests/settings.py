"""The site's own settings, with what tests must not share or wait for."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "tests-only")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="newsroom-tests-"))
os.environ["SITE_URL"] = "http://testserver"
os.environ["LANGUAGES"] = "en,fr,nl,de"
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")

from newsroom.settings import *  # noqa: F403
from newsroom.settings import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
API_RATE = 0
