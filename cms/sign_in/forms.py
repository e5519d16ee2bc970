"""allauth's forms in our words, made for thumbs and password managers."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth import password_validation
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.sign_in.resetting import mail_reset_links

DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code"}


def _worded(field: forms.Field, label: Any, help_text: Any = "", **attributes: str) -> forms.Field:
    """The field with our words, without a placeholder: it goes as soon as one types."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= attributes
    return field


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = _worded(self.fields["login"], _("User name or e-mail address"))
        login.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        _worded(self.fields["password"], _("Password"))


class ConfirmPasswordForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["password"], _("Password"))


class ResetLinkForm(ResetPasswordForm):
    """Says the same whatever is typed: only the task that it starts asks who has the address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["email"], _("E-mail address"))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        address = str(self.cleaned_data["email"])
        mail_reset_links.enqueue(address)
        return address


class NewPasswordForm(ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = password_validation.password_validators_help_text_html()
        _worded(self.fields["password1"], _("New password"), rules)
        _worded(self.fields["password2"], _("New password, once more"))


class _CodeInOurWords(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("The six digits that your app shows, or one of your recovery codes.")
        _worded(self.fields["code"], _("Code"), help_text, **DIGITS)


class CodeForm(_CodeInOurWords, AuthenticateForm):
    pass


class ConfirmCodeForm(_CodeInOurWords, ReauthenticateByCodeForm):
    pass


class AppForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["code"], _("Type the six digits that the app shows now"), **DIGITS)


class PasskeyForm(AddWebAuthnForm):
    """A name, and whether the passkey takes the place of the password too."""

    passwordless = forms.BooleanField(
        label=_("Sign in with it alone, without a password"),
        required=False,
        initial=True,
        help_text=_("Take the tick out for a security key without fingerprint or PIN."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_text = _("So that you know it again: “Phone”, “Work laptop”.")
        _worded(self.fields["name"], _("Name"), help_text, maxlength="60")


class PasskeyNameForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _worded(self.fields["name"], _("Name"), maxlength="60")
