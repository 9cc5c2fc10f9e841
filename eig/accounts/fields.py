"""What people type of themselves and of others: an address that can receive, a name, a telephone number."""

from re import compile as pattern
from typing import Any

import phonenumbers
from django import forms
from django.core.validators import EmailValidator

from eig.french.letters import visible

UNREACHABLE = (
    "La partie de l’adresse avant « @ » contient un accent ou un signe que peu de messageries acceptent. "
    "Vérifiez-la, ou donnez une autre adresse."
)
NOT_AN_ADDRESS = "Indiquez une adresse électronique valide, par exemple nom@domaine.fr."
NO_LINK = "Un nom ne contient ni adresse ni lien."
BAD_PHONE = "Indiquez un numéro de téléphone, par exemple 01 23 45 67 89 ou +33 1 23 45 67 89."
FRANCE, NATIONAL_DIGITS = 33, 9
# France and its territories, each with numbers dialled without a prefix.
TERRITORIES = ("FR", "RE", "YT", "GP", "MQ", "GF", "PM", "NC", "PF", "WF")
# « https: », « www. », « site.fr/ », an address: no name of a person, but a live link once in a mail.
_LINK = pattern(r"://|@|\bwww\.|\w\.[a-z]{2,}\b")


def reachable(address: str) -> str:
    """The address as mail servers take it: nothing invisible, its domain in ASCII. Raises ValidationError."""
    name, at, domain = visible(address).strip().rpartition("@")
    if not name.isascii() or "=?" in name:  # an encoded word, which mail software would decode
        raise forms.ValidationError(UNREACHABLE)
    try:
        return f"{name}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        # Left as it is, for the check of addresses to refuse.
        return f"{name}{at}{domain}"


class AddressField(forms.EmailField):
    """An address of mail. `max_length` counts what is kept."""

    default_validators = [EmailValidator(NOT_AN_ADDRESS)]  # Django's

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": "Adresse électronique", "max_length": 254, **options})

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return reachable(typed) if typed else typed


class NameField(forms.CharField):
    """A person's name. It is written in mails to others, where an address would become a link."""

    def to_python(self, value: Any) -> Any:
        return visible(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if _LINK.search(value):
            raise forms.ValidationError(NO_LINK)


class PhoneField(forms.CharField):
    """A telephone number, kept as it is typed."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not is_phone(value):
            raise forms.ValidationError(BAD_PHONE)


def is_phone(typed: str) -> bool:
    """Ten digits in France, a number of a territory that exists, one that may elsewhere.

    Ranges open and close faster than tables of them: of a French number, the length alone is judged.
    """
    for region in TERRITORIES:
        try:
            number = phonenumbers.parse(typed.replace("/", " "), region)
        except phonenumbers.NumberParseException:
            continue
        if number.country_code == FRANCE:
            if len(str(number.national_number)) == NATIONAL_DIGITS:
                return True
        elif number.country_code != phonenumbers.country_code_for_region(region):
            return phonenumbers.is_possible_number(number)
        elif phonenumbers.is_valid_number(number):
            return True
    return False
