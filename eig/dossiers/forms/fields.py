"""From a question, or a part of a composite one, to a Django field; none is required in a draft."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator

from eig.accounts.fields import AddressField, PhoneField
from eig.design.widgets import DateInput
from eig.dossiers.choices import QuestionType
from eig.dossiers.rules import Part, QuestionView, is_siren, is_siret, plain_siret
from eig.french.letters import visible

Choices = list[tuple[str, str]]
YES_NO: Choices = [("yes", "Oui"), ("no", "Non")]
SELECT_ABOVE = 8
LINE = 90
POSTCODE = RegexValidator(r"^[0-9]{5}\Z", "Le code postal compte cinq chiffres.")
A_SIREN = (
    "Ces neuf chiffres sont un SIREN, celui de l’organisme : indiquez le SIRET de l’établissement, quatorze "
    "chiffres qui commencent par ceux-là."
)
BAD_SIRET = "Ce SIRET n’existe pas : il compte quatorze chiffres, dont le dernier est une clé de contrôle."
TOO_LONG = "Ce texte compte %(show_value)d caractères ; la limite est de %(limit_value)d."
NOT_A_NUMBER = "Indiquez un nombre entier."


class SiretField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        return plain_siret(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not is_siret(value):
            raise forms.ValidationError(A_SIREN if is_siren(value) else BAD_SIRET)


class PostcodeField(forms.CharField):
    """Five digits, with blanks wherever people put them."""

    default_validators = [POSTCODE]  # Django's

    def to_python(self, value: Any) -> Any:
        return "".join(visible(super().to_python(value) or "").split())

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `maxlength`: a browser would cut « 75 007 » before the blank is taken out."""
        return {}


class LimitedChoices(forms.MultipleChoiceField):
    """Checkboxes of which only so many may be ticked."""

    def __init__(self, *, most: int | None, **arguments: Any) -> None:
        self.most = most
        super().__init__(**arguments)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.most and len(value) > self.most:
            raise forms.ValidationError(
                f"Vous avez coché {len(value)} réponses ; la limite est de {self.most}."
            )


def _text(
    field: type[forms.CharField] = forms.CharField, *, max_length: int, **arguments: Any
) -> forms.CharField:
    return field(required=False, max_length=max_length, error_messages={"max_length": TOO_LONG}, **arguments)


def _integer(low: int, high: int, **arguments: Any) -> forms.IntegerField:
    """Bounds are told in one sentence, whichever side is passed."""
    said = f"Indiquez un nombre entre {low} et {high}."
    field = forms.IntegerField(
        required=False,
        widget=forms.NumberInput(
            attrs={"min": low, "max": high, "inputmode": "numeric", "class": "eig-code-input"}
        ),
        error_messages={"invalid": NOT_A_NUMBER},
        **arguments,
    )
    field.validators += [MinValueValidator(low, said), MaxValueValidator(high, said)]
    return field


class Lines(forms.Textarea):
    """A line end counts for one, as it does for whoever types; posted, it is two characters."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _area(max_length: int) -> forms.Textarea:
    return Lines(attrs={"rows": max(4, min(14, max_length // LINE + 2))})


def _choice(choices: Iterable[tuple[str, str]], **arguments: Any) -> forms.ChoiceField:
    listed = list(choices)
    if len(listed) > SELECT_ABOVE:
        return forms.ChoiceField(
            required=False, choices=[("", "Sélectionnez une réponse"), *listed], **arguments
        )
    return forms.ChoiceField(required=False, choices=listed, widget=forms.RadioSelect, **arguments)


def simple_field(question: QuestionView, *, said: str = "") -> forms.Field:
    """The field of a question that has only one."""
    given: dict[str, Any] = {"label": question.label, "help_text": said or question.help}
    limit = question.max_length
    match question.type:
        case QuestionType.LONG_TEXT:
            return _text(max_length=limit or 4000, widget=_area(limit or 4000), **given)
        case QuestionType.EMAIL:
            return _text(AddressField, max_length=limit or 254, **given)
        case QuestionType.PHONE:
            return _text(PhoneField, max_length=limit or 25, **given)
        case QuestionType.URL:
            return _text(forms.URLField, max_length=limit or 300, assume_scheme="https", **given)
        case QuestionType.INTEGER | QuestionType.YEARS:
            return _integer(question.option("minimum", 0), question.option("maximum", 1_000_000), **given)
        case QuestionType.YES_NO:
            return _choice(YES_NO, **given)
        case QuestionType.CHOICE:
            return _choice(question.choices, **given)
        case QuestionType.CHOICES:
            return LimitedChoices(
                most=question.option("choices_max", 0) or None,
                required=False,
                choices=question.choices,
                widget=forms.CheckboxSelectMultiple,
                **given,
            )
        case QuestionType.ATTESTATION:
            return forms.BooleanField(required=False, **given)
        case QuestionType.DATE:
            soon, late = date(1950, 1, 1), date(2100, 1, 1)
            said = "Cette date n’est pas possible."
            return forms.DateField(
                required=False,
                widget=DateInput(),
                validators=[MinValueValidator(soon, said), MaxValueValidator(late, said)],
                error_messages={"invalid": "Indiquez une date, par exemple 12/09/2022."},
                **given,
            )
    pattern = str(question.options.get("pattern", ""))
    message = str(question.options.get("pattern_message", "")) or "Cette réponse n’a pas la forme attendue."
    checks = [RegexValidator(rf"^(?:{pattern})\Z", message)] if pattern else []
    return _text(max_length=limit or 200, validators=checks, **given)


def trade_field(label: str, choices: Choices, *, said: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        required=False, choices=[("", "Sélectionnez un métier"), *choices], label=label, help_text=said
    )


def part_field(part: Part, *, trades: Choices, seats: int = 3) -> forms.Field:
    """The field of one part of a composite answer."""
    given: dict[str, Any] = {"label": part.label, "help_text": part.help}
    match part.kind:
        case "long_text":
            return _text(max_length=part.max_length, widget=_area(270), **given)
        case "email":
            return _text(AddressField, max_length=part.max_length, **given)
        case "phone":
            return _text(PhoneField, max_length=part.max_length, **given)
        case "siret":
            digits = forms.TextInput(attrs={"inputmode": "numeric"})
            return _text(SiretField, max_length=part.max_length, widget=digits, **given)
        case "postcode":
            digits = forms.TextInput(attrs={"inputmode": "numeric", "class": "eig-code-input"})
            return _text(PostcodeField, max_length=part.max_length, widget=digits, **given)
        case "percent":
            return _integer(1, 100, **given)
        case "trade":
            return trade_field(part.label, trades)
        case "seats":
            counts = [(str(count), str(count)) for count in range(1, seats + 1)]
            return forms.ChoiceField(required=False, choices=counts, initial="1", **given)
    return _text(max_length=part.max_length, **given)
