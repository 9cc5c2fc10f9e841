"""Step 3 through the client only: Alice is invited, orders, certifies, changes her mind; the team closes."""

import re

from django.urls import reverse

from eig.mail.models import Message
from matching.ranking.models import Snapshot
from tests.factories.ranking import published_project, shortlisted
from tests.people import signed_in
from tests.signing import done_by_two


def button(page: str, label: str, title: str) -> dict[str, str]:
    """The hidden fields of the form whose button says `label` about the project `title`."""
    for form in re.findall(r"<form.*?</form>", page, flags=re.DOTALL):
        if re.search(rf"{label}<span[^>]*>[^<]*{re.escape(title)}", form):
            action = re.search(r'action="([^"]+)"', form)[1]
            fields = dict(
                re.findall(r'<input type="hidden" name="(project|version|filters)" value="([^"]*)"', form)
            )
            return {"action": action, **fields}
    raise AssertionError(f"no button {label} for {title}")


def press(browser, page: str, label: str, title: str, **more: str) -> str:
    fields = button(page, label, title)
    return browser.post(fields.pop("action"), {**fields, **more}, follow=True).content.decode()


def titles(page: str) -> list[str]:
    return re.findall(r'class="wish__title">.*?<a[^>]*>([^<]+)</a>', page, flags=re.DOTALL)


def test_from_the_invitation_to_the_closing(promotion, alice, diane, denis):
    for title in ("Lire les cartes", "Écouter la mer", "Compter les arbres", "Ouvrir les archives"):
        published_project(promotion, title)
    published_project(promotion, "Dire le droit", trades=["droit-du-numerique"])
    shortlisted(promotion, alice)
    staff, browser = signed_in(diane), signed_in(alice)

    # The team invites; the mail carries the address of the page.
    staff.post(reverse("ranking:ranking_invite", args=[promotion.code]))
    mail = Message.objects.get(kind="ranking/ranking_opened")
    address = re.search(r"(/voeux/\S+)", mail.body)[1]

    # Alice adds three projects, moves one up, says why, removes and adds.
    page = browser.get(address).content.decode()
    assert "Ce défi recherche" in page
    for title in ("Lire les cartes", "Écouter la mer", "Compter les arbres"):
        page = press(browser, page, "Ajouter", title)
    page = press(browser, page, "Monter", "Compter les arbres", direction="up")
    assert titles(page) == ["Lire les cartes", "Compter les arbres", "Écouter la mer"]
    page = press(browser, page, "Retirer", "Lire les cartes")
    page = press(browser, page, "Enregistrer", "Écouter la mer", reason="J’y ai grandi.")
    assert "Encore 1\u00a0vœu" in page
    page = press(browser, page, "Ajouter", "Ouvrir les archives")

    # She reads what certifying means, certifies, gets her receipt by page and by mail.
    where = re.search(r'href="([^"]+/certifier/)"', page)[1]
    page = browser.get(where).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    page = browser.post(where, {"version": version}, follow=True).content.decode()
    digest = re.search(r"<code>([0-9a-f]{64})</code>", page)[1]
    assert digest in Message.objects.get(kind="ranking/ranking_certified").body

    # She changes her mind, and certifies again.
    page = browser.get(address).content.decode()
    assert "Monter" not in page
    reopen = re.search(r'action="([^"]+/rouvrir/)"', page)[1]
    page = browser.post(reopen, follow=True).content.decode()
    page = press(browser, page, "Descendre", "Compter les arbres", direction="down")
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    page = browser.post(where, {"version": version}, follow=True).content.decode()
    assert digest not in page
    assert Message.objects.filter(kind="ranking/ranking_certified").count() == 2

    # The team sees the demand and closes; nothing changes any more.
    page = staff.get(reverse("ranking:ranking_demand", args=[promotion.code])).content.decode()
    assert "Écouter la mer" in page
    page = done_by_two(staff, signed_in(denis), reverse("ranking:ranking_close", args=[promotion.code]))
    assert "listes certifiées sont figées" in page
    page = staff.get(reverse("ranking:ranking_list", args=[promotion.code])).content.decode()
    assert Snapshot.objects.get().sha256 in page
    page = browser.post(reopen, follow=True).content.decode()
    assert "est clos depuis le" in page
    assert titles(page) == ["Écouter la mer", "Compter les arbres", "Ouvrir les archives"]
