"""The addresses under /accounts/. Of allauth's only those that the site uses: any other is not found."""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as key
from allauth.usersessions.views import list_usersessions
from django.urls import path, re_path

from items.accounts import views
from items.accounts.views import private

urlpatterns = [
    path("", private(views.home), name="account_home"),
    path("invitation/", private(views.invitation), name="invitation"),
    path("invitation/<str:token>/", private(views.invitation_link), name="invitation_link"),
    path("login/", private(account.login), name="account_login"),
    path("login/passkey/", private(key.login_webauthn), name="mfa_login_webauthn"),
    path("logout/", private(account.logout), name="account_logout"),
    path("inactive/", private(account.account_inactive), name="account_inactive"),
    path("signup/", views.absent, name="account_signup"),
    path("reauthenticate/", private(account.reauthenticate), name="account_reauthenticate"),
    path("email/", private(account.email), name="account_email"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", private(account.confirm_email), name="account_confirm_email"),
    path("password/change/", private(account.password_change), name="account_change_password"),
    path("password/set/", private(account.password_set), name="account_set_password"),
    path("password/reset/", private(account.password_reset), name="account_reset_password"),
    path("password/reset/sent/", private(account.password_reset_done), name="account_reset_password_done"),
    path(
        "password/reset/done/",
        private(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        private(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("sessions/", private(list_usersessions), name="usersessions_list"),
    path("2fa/", private(factors.index), name="mfa_index"),
    path("2fa/authenticate/", private(factors.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", private(factors.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/app/add/", private(app.activate_totp), name="mfa_activate_totp"),
    path("2fa/app/remove/", private(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/codes/", private(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/codes/new/", private(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("2fa/codes/download/", private(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("2fa/keys/", private(key.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/keys/add/", private(key.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/keys/<int:pk>/edit/", private(key.edit_webauthn), name="mfa_edit_webauthn"),
    path("2fa/keys/<int:pk>/remove/", private(key.remove_webauthn), name="mfa_remove_webauthn"),
    path("2fa/keys/reauthenticate/", private(key.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
]
