"""How people sign in, as far as it is the same on every machine. `newsroom.settings` takes all of it."""

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
CSRF_FAILURE_VIEW = "items.views.errors.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "items.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]  # for allauth's checks; nobody signs up
ACCOUNT_CHANGE_EMAIL = True  # one address a person, and the old one until the new one is confirmed
# Invitations confirm an address by reaching it, and accounts that an administrator makes need none.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {"login": "items.accounts.forms.SignInForm"}
ACCOUNT_SESSION_REMEMBER = True  # until SESSION_COOKIE_AGE; a closed browser is no reason to sign in again

MFA_ADAPTER = "items.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "items.accounts.forms.PasskeyForm",
    "login_webauthn": "items.accounts.forms.PasskeySignInForm",
}
# allauth refuses a second factor to whoever has not confirmed their address, lest a stranger signs up with another's.
# Nobody signs up here.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# Where allauth counts attempts: a table of the database, Redis or not. Adding a key is one atomic INSERT; Django's
# files have no such thing, and a memory is one process's own.
SIGN_IN_CACHE = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "items_cache",
    "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that no flood of attempts pushes out the count of another
}
