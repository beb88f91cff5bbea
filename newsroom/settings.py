"""Settings of the newsroom, in reading order: where, who, what, how it is stored, how it is served.

Everything that differs between machines is an environment variable (or a line in `.env`); docs/operations.md
lists them. A missing or malformed one refuses to start and says which.
"""

from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import dj_database_url
from babel import Locale, UnknownLocaleError
from csp.constants import NONE, SELF
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured

from newsroom.env import env_bool, env_int, env_list, env_mail, env_str, env_url, read_dotenv
from newsroom.sign_in import *  # noqa: F403

# --- Where -----------------------------------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
read_dotenv(BASE_DIR / ".env")

# Everything that changes while the site runs lives here: database, uploads, collected static files.
VAR_DIR = Path(env_str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _release() -> str:
    """A digest of the code and templates: a new release makes every kept page and ETag old."""
    digest = blake2b(digest_size=8)
    for folder in ("items", "newsroom", "templates", "static", "locale"):
        for path in sorted((BASE_DIR / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(f"{path.relative_to(BASE_DIR)} {path.stat().st_size}".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


RELEASE = env_str("RELEASE", "") or _release()

# --- Who -------------------------------------------------------------------------------------------------------

DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = env_str("SECRET_KEY", default="only-for-debugging" if DEBUG else None)

SITE_NAME = env_str("SITE_NAME", "Migration Newsroom")
SITE_URL = env_str("SITE_URL", f"http://127.0.0.1:{env_int('PORT', 8000)}").rstrip("/")
try:
    _site = urlsplit(SITE_URL)
    _site.port  # noqa: B018 (it raises where it is no number)
except ValueError:
    _site = urlsplit("")
if _site.scheme not in {"http", "https"} or not _site.hostname or f"{_site.scheme}://{_site.netloc}" != SITE_URL:
    raise ImproperlyConfigured(f"SITE_URL must look like https://news.example.org; found {SITE_URL!r}.")
HTTPS = _site.scheme == "https"

_loopback = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", [_site.hostname, *(_loopback if _site.hostname in _loopback else [])])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# A WebSub hub that feeds name and that `manage.py tick` tells of news; empty for none.
WEBSUB_HUB = env_url("WEBSUB_HUB")

# --- What ------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "items",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "taggit",
    "simple_history",
    "django_prose_editor",
    "csp",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "items.http.CookieMiddleware",
    "items.api.middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "items.http.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "items.http.LanguageMiddleware",
    "items.http.CharsetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "items.accounts.middleware.DeskMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF, WSGI_APPLICATION = "newsroom.urls", "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Public templates use none of these three, so that no page depends on a session; the admin does.
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "items.views.context.site",
            ],
        },
    },
]

TAGGIT_CASE_INSENSITIVE = True

# --- Language and time -----------------------------------------------------------------------------------------


def _language(code: str) -> tuple[str, str]:
    """A language code with its own name for itself, from CLDR."""
    try:
        return code, Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        raise ImproperlyConfigured(f"LANGUAGES holds {code!r}, which is not a language code.") from None


# In order of preference. The first has no prefix in addresses.
LANGUAGES = [_language(code) for code in env_list("LANGUAGES", ["en", "fr", "nl", "de"])]
if len(dict(LANGUAGES)) != len(LANGUAGES):
    raise ImproperlyConfigured("LANGUAGES names a language twice.")
LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["newsroom.formats"]
TIME_ZONE = env_str("TIME_ZONE", "Europe/Brussels")
if TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured(f"TIME_ZONE must look like Europe/Brussels; found {TIME_ZONE!r}.")

# --- Storage ---------------------------------------------------------------------------------------------------

try:
    _database = dj_database_url.parse(
        env_str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
except (dj_database_url.ParseError, ValueError) as error:
    raise ImproperlyConfigured(f"DATABASE_URL is not an address of a database: {error}") from None
if _database["ENGINE"].endswith("sqlite3"):
    # WAL lets readers go on while one writes. IMMEDIATE takes the write lock at BEGIN, where the busy timeout
    # applies; a lock taken in mid-transaction would fail at once.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
    }
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The facet index as last made; a cache, which any process makes again.
FACET_SNAPSHOT = VAR_DIR / "facets.index"

MEDIA_ROOT = VAR_DIR / "media"
# Uploads are served by views that ask whether their item is public; nothing serves the folder as such.
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# "default" counts attempts to sign in, in a table that all processes and hosts see. "requests" counts requests to the
# API, too many for a table: each process its own. "pages" are pages as they were last made, for as long as nothing
# changes; each process keeps its own in memory and shares them by files, some of which are culled at random when they
# grow many. Redis takes the last two.
CACHES: dict = {
    "default": SIGN_IN_CACHE,  # noqa: F405
    "requests": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "items.http.file_cache.FileCache",
        "LOCATION": VAR_DIR.resolve() / "pages",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
if REDIS_URL := env_str("REDIS_URL", ""):
    if not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("REDIS_URL must look like redis://host:6379/0.")  # not shown: it may hold a password
    if find_spec("redis") is None:
        raise ImproperlyConfigured("REDIS_URL needs the packages of requirements-prod.txt.")
    _redis = {"BACKEND": "items.http.redis_cache.RedisCache", "LOCATION": REDIS_URL}
    CACHES |= {name: {**_redis, "KEY_PREFIX": name} for name in ("requests", "pages")}

STATIC_URL, STATIC_ROOT = "/static/", VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = ["newsroom.bundles.BundleFinder", *global_settings.STATICFILES_FINDERS]
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILE_UPLOAD_PERMISSIONS = 0o644

# --- Sign-in ---------------------------------------------------------------------------------------------------

CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SECURE = HTTPS
# A session ends so long after its last page.
SESSION_COOKIE_AGE = 3600 * env_int("SESSION_HOURS", 12)
if not SESSION_COOKIE_AGE:
    raise ImproperlyConfigured("SESSION_HOURS must be at least 1.")
# Whether everybody at the desk needs a passkey, or an app beside the password.
REQUIRE_SECOND_FACTOR = env_bool("REQUIRE_SECOND_FACTOR", default=False)
# Browsers let http://localhost use passkeys, for trying things out; a site in use has https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# --- Mail ------------------------------------------------------------------------------------------------------

# Without a server, mail is written to the terminal when debugging and into files otherwise, to be read there.
vars().update(env_mail("EMAIL_URL", "console:" if DEBUG else (VAR_DIR.resolve() / "mail").as_uri()))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_str("MAIL_FROM", f"newsroom@{_site.hostname}")
if "@" not in DEFAULT_FROM_EMAIL or "\n" in DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured(f"MAIL_FROM must look like newsroom@example.org; found {DEFAULT_FROM_EMAIL!r}.")

# --- Serving ---------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", 31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if env_bool("BEHIND_PROXY", default=False):
    # Only safe when the proxy sets this header itself on every request.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# Pages that are kept show or say these too: where one of them changes, it is another release to every cache.
_shown = (SITE_NAME, SITE_URL, LANGUAGES, TIME_ZONE, WEBSUB_HUB, SECURE_HSTS_SECONDS)
RELEASE = f"{RELEASE}.{blake2b(repr(_shown).encode(), digest_size=4).hexdigest()}"

# --- The API ---------------------------------------------------------------------------------------------------

# Requests a minute from one address; 0 for no limit.
API_RATE = env_int("API_RATE", 600)
# How many proxies of ours stand in front, each adding the address it was asked from to X-Forwarded-For. What stands
# before those in the header was written by the client, and is not believed.
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# "rest_framework" is not among the apps: it would only bring the browsable API, which a strict policy forbids.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_THROTTLE_CLASSES": ["items.api.throttle.AddressThrottle"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "items.api.errors.handle",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": f"{SITE_NAME} API",
    "VERSION": "1.0.0",
    "DESCRIPTION": (
        "Everything this newsroom has published, for programs: read only, open to all, without a key. "
        f"A guide with examples: {SITE_URL}/api/"
    ),
    "OAS_VERSION": "3.1.1",
    "SERVERS": [{"url": SITE_URL}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["items.api.schema.only_this_api"],
    "POSTPROCESSING_HOOKS": ["items.api.schema.complete"],
    "COMPONENT_NO_READ_ONLY_REQUIRED": True,
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "TAGS": [
        {"name": "items", "description": "News, events and publications."},
        {"name": "vocabularies", "description": "The words that items are described by."},
        {"name": "changes", "description": "What changed, for those who keep a copy."},
    ],
}
