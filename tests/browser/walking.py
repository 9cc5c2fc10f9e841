"""What the walks through the site have in common: create an account, use the keyboard alone."""

import re

from playwright.sync_api import Page, expect

from eig.accounts.models import User
from eig.mail.delivery import deliver_due
from eig.mail.models import Message
from tests.browser.watching import Window
from tests.people import PASSWORD


def create_account(window: Window, first_name: str, last_name: str, email: str) -> User:
    """From the sign-in page to a verified address; what was asked before comes back on screen."""
    page = window.page
    page.get_by_role("main").get_by_role("link", name="Créer un compte").click()
    page.get_by_label("Prénom").fill(first_name)
    page.get_by_label("Nom", exact=True).fill(last_name)
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Créer mon compte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifier mon adresse électronique")
    deliver_due()
    message = Message.objects.get(to_email=email)
    assert message.status == "sent"
    code = re.search(r"^[A-Z0-9-]{6,12}$", message.body, re.MULTILINE)
    assert code, message.body
    page.get_by_label("Code reçu par courriel").fill(code[0])
    page.get_by_role("button", name="Valider le code").click()
    return User.objects.get(email=email)


class Keyboard:
    """Hands off the mouse: the Tab key goes from one thing to the next, Enter or Space acts."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def here(self) -> str:
        """What a screen reader would say of the thing that has the focus."""
        said = self.page.evaluate("""() => {
            const it = document.activeElement
            return it === document.body ? '' : it.getAttribute('aria-label') || it.innerText || it.value || ''
        }""")
        return " ".join(said.split())

    def go_to(self, name: str, *, back: bool = False) -> None:
        """Press Tab, or Shift+Tab, until the focus is on the thing with this name, and can be seen there."""
        passed = []
        for _ in range(250):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            if self.here == name:
                assert self.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
                return
            passed.append(self.here)
        raise AssertionError(f"the Tab key never reaches « {name} », only {passed[:80]}")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
