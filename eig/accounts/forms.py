"""allauth's forms with our fields: names, addresses that receive. A known one takes as long as a new one."""

from typing import Any

from allauth.account.forms import AddEmailForm as AllauthAddEmailForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import RequestLoginCodeForm as AllauthRequestLoginCodeForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from eig.accounts.fields import AddressField, NameField


def _address() -> AddressField:
    return AddressField(
        label="Adresse électronique", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class SignupForm(AllauthSignupForm):
    first_name = NameField(
        label="Prénom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = NameField(
        label="Nom", max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    email = _address()
    field_order = ["first_name", "last_name", "email", "password1"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Which allauth names « E-mail ».
        self.fields["email"].label = _address().label

    def try_save(self, request: HttpRequest) -> Any:
        """Hash the password even when the account exists: time must not tell (ASVS 6.3.8)."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class LoginForm(AllauthLoginForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Made by allauth at each form: typed as at sign-up, it is the same address.
        self.fields["login"] = _address()


class AddEmailForm(AllauthAddEmailForm):
    email = _address()


class RequestLoginCodeForm(AllauthRequestLoginCodeForm):
    email = _address()


class ResetPasswordForm(AllauthResetPasswordForm):
    email = _address()
