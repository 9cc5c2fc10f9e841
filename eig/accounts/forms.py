"""allauth's forms with our fields: names, addresses that receive. A known one takes as long as a new one."""

from typing import Any
from uuid import uuid4

from allauth.account.forms import AddEmailForm as AllauthAddEmailForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import RequestLoginCodeForm as AllauthRequestLoginCodeForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.account.models import EmailAddress
from django import forms
from django.db import transaction
from django.http import HttpRequest

from eig.accounts.fields import AddressField, NameField
from eig.accounts.models import User


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
        """When the account exists, write another one and undo it: time must not tell (ASVS 6.3.8)."""
        with transaction.atomic():
            if not self.account_already_exists:
                return super().try_save(request)
            # The outer commit reaches the disk, as the one of a newcomer does.
            with transaction.atomic():
                self._write_nobody()
                transaction.set_rollback(True)
        return super().try_save(request)

    def _write_nobody(self) -> None:
        """As much work as for a newcomer: a hash, an account, its address."""
        names = {name: self.cleaned_data[name] for name in ("first_name", "last_name")}
        nobody = User(email=f"{uuid4()}@personne.invalid", **names)
        nobody.set_password(self.cleaned_data["password1"])
        nobody.save()
        EmailAddress.objects.create(user=nobody, email=nobody.email, primary=True)


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
