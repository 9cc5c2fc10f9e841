"""allauth's pages in our clothes: each renders, in French, with one title and labelled fields."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from eig.accounts.models import User
from tests.design.pages import parse, text_of
from tests.people import PASSWORD, signed_in

ENTRANCE = {
    "account_login": "Se connecter",
    "account_signup": "Créer un compte",
    "account_request_login_code": "Recevoir un code de connexion",
    "account_reset_password": "Mot de passe oublié",
    "account_inactive": "Ce compte est désactivé",
    "account_password_reset_completed": "Votre mot de passe est changé",
}
MANAGE = {
    "account_email": "Adresses électroniques",
    "account_logout": "Se déconnecter",
    "mfa_index": "Double authentification",
    "mfa_activate_totp": "Activer une application d’authentification",
    "mfa_add_webauthn": "Ajouter une clé d’accès",
    "mfa_list_webauthn": "Clés d’accès",
    "usersessions_list": "Connexions actives",
}


def check(response, title):
    page = parse(response.content)
    assert response.status_code == 200
    assert [text_of(h1) for h1 in page.xpath("//h1")] == [title]
    assert not page.xpath("//@style | //style | //*[@onclick]")
    assert not page.xpath("//script[not(@src) and @type!='application/json']")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for control in page.xpath("//main//input[not(@type='hidden')]"):
        assert page.xpath(f"//label[@for='{control.get('id')}']"), control.get("name")
    for href in page.xpath("//main//button/@form"):
        assert page.get_element_by_id(href).tag == "form"
    return page


@pytest.fixture
def alice_with_password(alice: User) -> User:
    alice.set_password(PASSWORD)
    alice.save()
    return alice


@pytest.mark.parametrize(("name", "title"), ENTRANCE.items())
def test_pages_of_the_entrance(client, db, name, title):
    check(client.get(reverse(name)), title)


@pytest.mark.parametrize(("name", "title"), MANAGE.items())
def test_pages_of_the_account(alice_with_password, name, title):
    check(signed_in(alice_with_password).get(reverse(name)), title)


def test_password_pages(alice_with_password):
    client = signed_in(alice_with_password)
    check(client.get(reverse("account_change_password")), "Changer de mot de passe")
    alice_with_password.set_unusable_password()
    alice_with_password.save()
    check(signed_in(alice_with_password).get(reverse("account_set_password")), "Choisir un mot de passe")


def test_pages_of_the_second_factor(claire):
    client = signed_in(claire)
    check(client.get(reverse("mfa_index")), "Double authentification")
    check(client.get(reverse("mfa_deactivate_totp")), "Désactiver l’application d’authentification")
    check(client.get(reverse("mfa_generate_recovery_codes")), "Créer des codes de secours")
    page = check(client.post(reverse("mfa_generate_recovery_codes"), follow=True), "Codes de secours")
    assert len(page.xpath("//ul[@class='eig-codes']/li")) == 10
    codes = client.get(reverse("mfa_download_recovery_codes"))
    assert len(codes.content.decode().split()) == 10


def test_pages_of_a_passkey(alice_with_password):
    key = Authenticator.objects.create(
        user=alice_with_password,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "clé du bureau", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}},
    )
    client = signed_in(alice_with_password)
    listing = check(client.get(reverse("mfa_list_webauthn")), "Clés d’accès")
    assert "clé du bureau" in text_of(listing)
    check(client.get(reverse("mfa_edit_webauthn", args=[key.pk])), "Renommer une clé d’accès")
    removal = check(client.get(reverse("mfa_remove_webauthn", args=[key.pk])), "Retirer une clé d’accès")
    assert "« clé du bureau »" in text_of(removal)


def test_reauthentication_pages(alice_with_password, claire):
    client = Client()
    client.force_login(alice_with_password)
    check(client.get(reverse("account_reauthenticate")), "Confirmer votre identité")
    client.force_login(claire)
    check(client.get(reverse("mfa_reauthenticate")), "Confirmer votre identité")


def test_the_second_step_of_signing_in(claire):
    claire.set_password(PASSWORD)
    claire.save()
    response = Client().post(
        reverse("account_login"), {"login": claire.email, "password": PASSWORD}, follow=True
    )
    page = check(response, "Double authentification")
    assert page.get_element_by_id("id_code").get("autocomplete") == "one-time-code"


def test_a_refused_sign_in_keeps_the_address_and_says_so_first(client, db):
    data = {"login": "personne@exemple.example", "password": "pas le bon mot de passe"}
    response = client.post(reverse("account_login"), data)
    page = check(response, "Se connecter")
    assert page.findtext(".//title").startswith("Erreur – ")
    assert page.get_element_by_id("id_login").get("value") == "personne@exemple.example"
    assert page.find(".//main//*[@id='erreurs']") is not None


def test_signing_up_leads_to_the_code(client, db):
    data = {
        "first_name": "Alix",
        "last_name": "Aubry",
        "email": "alix@exemple.example",
        "password1": "une phrase de passe bien longue",
    }
    response = client.post(reverse("account_signup"), data, follow=True)
    page = check(response, "Vérifier mon adresse électronique")
    assert "alix@exemple.example" in text_of(page)


def test_a_code_by_mail_and_a_forgotten_password(client, alice_with_password):
    sent = client.post(
        reverse("account_request_login_code"), {"email": alice_with_password.email}, follow=True
    )
    check(sent, "Saisir le code de connexion")
    other = Client()
    asked = other.post(reverse("account_reset_password"), {"email": alice_with_password.email}, follow=True)
    check(asked, "Saisir le code de réinitialisation")


def test_the_whole_reset_of_a_password(client, alice_with_password, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post(reverse("account_reset_password"), {"email": alice_with_password.email})
    letter = mail.outbox[-1]
    assert letter.subject == "Votre code pour changer de mot de passe"
    assert letter.body.startswith("Bonjour,\n")
    assert "&" not in letter.body
    code = letter.body.split("\n\n")[2].strip()
    page = client.post(reverse("account_confirm_password_reset_code"), {"code": code}, follow=True)
    check(page, "Choisir un nouveau mot de passe")
    chosen = {"password1": "une autre phrase bien longue", "password2": "une autre phrase bien longue"}
    client.post(reverse("account_complete_password_reset"), chosen)
    alice_with_password.refresh_from_db()
    assert alice_with_password.check_password("une autre phrase bien longue")


def test_the_demonstration_shows_its_cast_and_production_does_not(client, db, settings):
    address = reverse("account_login")
    assert "démonstration" not in client.get(address).content.decode().lower()
    settings.DEMO = True
    assert "Visiter la démonstration" in client.get(address).content.decode()
