"""Forms of signing in, where allauth's say too little or too much."""

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from items.accounts.log import record
from items.models.sign_in import How


class SignInForm(LoginForm):
    """Name or mail, and a password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("User name or mail address")
        login.widget.attrs.update(autocomplete="username", autocapitalize="none", spellcheck="false")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class PasskeyForm(AddWebAuthnForm):
    """A new key: a passkey unless one says otherwise."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this key")
        passwordless = self.fields["passwordless"]
        passwordless.initial = True
        passwordless.label = _("Sign in with it alone, without a password")
        passwordless.help_text = _("Leave this on for a passkey. Off, it is only asked for after the password.")


class PasskeySignInForm(LoginWebAuthnForm):
    """A passkey that is refused goes into the log as well."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except ValidationError:
            record(context.request, person=None, how=How.PASSKEY, succeeded=False)
            raise


class AcceptForm(forms.Form):
    """What an invited person tells of themselves."""

    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    username = User._meta.get_field("username").formfield(label=_("User name"))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least eight characters. A few words in a row are easier to keep in mind than signs."),
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"
        self.fields["username"].widget.attrs.update(autocomplete="username", autocapitalize="none", spellcheck="false")
        self.fields["username"].help_text = _("Letters, digits and . + - _ only.")

    def clean_username(self):
        # As it will be stored, where letters of one look are one.
        username = User.normalize_username(self.cleaned_data["username"])
        # security: one signs in by name or by address, so nobody's name may be the address of somebody.
        if "@" in username:
            raise ValidationError(_("A user name has no @; you can sign in with your mail address as well."))
        User.username_validator(username)
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("This name is taken. Choose another."))
        return username

    def clean(self):
        values = super().clean() or {}
        if password := values.get("password"):
            names = {name: values.get(name, "") for name in ("username", "first_name", "last_name")}
            try:
                validate_password(password, User(**names, email=self.email))
            except ValidationError as error:
                self.add_error("password", error)
        return values
