"""What people type of themselves: an address that receives, a name without a link, a number, a password."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from eig.accounts.fields import AddressField, NameField, PhoneField
from eig.accounts.models import User
from eig.accounts.passwords import HardToGuess
from eig.dossiers.forms.fields import PostcodeField, SiretField
from eig.mail.models import Message
from eig.meetings.models import Registration
from eig.promotions.models import Promotion
from tests.factories import meetings, projects
from tests.people import PASSWORD, signed_in


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("claire@exemple.example", "claire@exemple.example"),
        (" claire@exemple.example\u00a0", "claire@exemple.example"),
        ("\ufeffcla\u200bire@exem\u00adple.example\u200b", "claire@exemple.example"),
        ("claire@mairie-orléans.example", "claire@xn--mairie-orlans-khb.example"),
    ],
)
def test_an_address_is_kept_as_it_can_receive(typed: str, kept: str) -> None:
    assert AddressField().clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("clairé@exemple.example", "contient un accent"),
        ("clаire@exemple.example", "contient un accent"),  # a Cyrillic letter, on purpose
        ("claire@-exemple-.example", "adresse électronique valide"),
        ("claire@" + "a" * 64 + ".example", "adresse électronique valide"),
        ("claire colin@exemple.example", "adresse électronique valide"),
        ("claire@exemple..example", "adresse électronique valide"),
        ("@exemple.example", "adresse électronique valide"),
        ("=?utf-8?q?=0D=0ABcc:x?=@exemple.example", "un signe que peu de messageries acceptent"),
    ],
)
def test_an_address_that_never_receives_is_refused(typed: str, said: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        AddressField().clean(typed)
    assert said in refusal.value.messages[0]


@pytest.mark.parametrize(
    "name", ["J.-P. Du Pré", "J.P. Dupont", "O’Neil", "Anne Le Goff (sponsor)", "李 小龙"]
)
def test_a_name_is_a_name(name: str) -> None:
    assert NameField().clean(f"{name}\u200b") == name


@pytest.mark.parametrize(
    "name",
    [
        "Gagnez http://exemple.example",
        "www.exemple.example",
        "Anne exemple.com/a",
        "anne@exemple.example",
        "a.io",
    ],
)
def test_a_name_holds_no_link(name: str) -> None:
    with pytest.raises(ValidationError, match="ni adresse ni lien"):
        NameField().clean(name)


@pytest.mark.parametrize(
    "number",
    [
        "06 39 98 12 34", "(+33) 6 39 98 12 34", "06/39/98/12/34", "06.39.98.12.34", "06-39-98-12-34",
        "+33 (0)1 99 00 12 34", "0033 1 99 00 12 34", "0262 12 34 56", "+590 690 00 12 34", "28 12 34",
        "+44 20 7946 0958",
    ],
)  # fmt: skip
def test_a_number_is_taken_as_people_write_it(number: str) -> None:
    assert PhoneField().clean(number) == number


@pytest.mark.parametrize(
    "number", ["000000", "06 39 98 12 3", "06 39 98 12 345", "1111111111", "appelez-moi", "+33", "12"]
)
def test_what_is_no_number_is_refused(number: str) -> None:
    with pytest.raises(ValidationError, match="Indiquez un numéro de téléphone"):
        PhoneField().clean(number)


def test_a_postcode_may_have_blanks() -> None:
    field = PostcodeField(max_length=5)
    assert field.clean("75\u202f007") == "75007"
    assert "maxlength" not in field.widget.attrs
    with pytest.raises(ValidationError, match="cinq chiffres"):
        field.clean("7500")


@pytest.mark.parametrize(
    ("typed", "said"),
    [("130 025 265", "sont un SIREN"), ("130025266", "n’existe pas"), ("13002526500014", "n’existe pas")],
)
def test_a_siren_is_told_as_such(typed: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        SiretField(max_length=20).clean(typed)


@pytest.mark.parametrize(
    "password",
    [
        "123456789012345", "aaaaaaaaaaaaaaa", "motdepassemotdepasse", "azertyuiopqsdfghjklm",
        "Motdepasse2026!!",        "x" * 500, "20260101010101010", "EigEigEigEigEigEig",
    ],
)  # fmt: skip
def test_a_long_password_that_anybody_tries_is_refused(password: str) -> None:
    with pytest.raises(ValidationError, match="se devine"):
        HardToGuess().validate(password)


def test_a_password_is_not_made_of_ones_own_names() -> None:
    claire = User(first_name="Clairedelune", last_name="Colinmaillard", email="clairedelune@exemple.example")
    with pytest.raises(ValidationError, match="se devine"):
        HardToGuess().validate("clairedelunecolinmaillard", claire)


@pytest.mark.parametrize("password", [PASSWORD, "loutre violette quinconce", "correct horse battery staple"])
def test_some_words_without_a_tie_make_a_good_one(password: str) -> None:
    HardToGuess().validate(password)


@pytest.mark.django_db
def test_an_account_is_opened_with_an_address_that_receives(client: Client) -> None:
    given = {
        "first_name": "Claire", "last_name": "Colin", "email": "cla\u200bire@mairie-orléans.example",
        "password1": "motdepassemotdepasse",
    }  # fmt: skip
    refused = client.post(reverse("account_signup"), given)
    assert "se devine" in refused.content.decode()
    assert not User.objects.exists()
    client.post(reverse("account_signup"), {**given, "password1": "loutre violette quinconce"})
    assert User.objects.get().email == "claire@xn--mairie-orlans-khb.example"


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["claire@mairie-orléans.example", "cla\u200bire@MAIRIE-orléans.example"])
def test_one_signs_in_with_the_address_as_one_typed_it(client: Client, typed: str) -> None:
    kept = AddressField().clean(typed).lower()
    claire = User.objects.create_user(email=kept, password=PASSWORD)
    EmailAddress.objects.create(user=claire, email=kept, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": typed, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(claire.pk)


def test_nobody_mails_a_link_to_others_under_cover_of_a_name(promotion: Promotion, diane: User) -> None:
    webinar = meetings.webinar(promotion, diane)
    given = {"name": "Gagnez www.exemple.example", "email": "vise@exemple.example", "organisation": ""}
    page = signed_in(diane).post(reverse("meetings:webinar_detail", args=[webinar.code]), given)
    assert "ni adresse ni lien" in page.content.decode()
    assert not Registration.objects.exists()
    project = projects.draft(promotion, visas=False)
    lead = project.leads.get().person
    address = reverse("projects:visa_ask", args=[project.code])
    typed = {"kind": "sponsor", "sponsor-name": "a.example", "sponsor-email": "vise@exemple.example"}
    answer = signed_in(lead).post(address, typed)
    assert "ni adresse ni lien" in answer.content.decode()
    assert not Message.objects.filter(to_email="vise@exemple.example").exists()
