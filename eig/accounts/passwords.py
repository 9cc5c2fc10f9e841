"""How soon a password would be found: length alone lets « aaaaaaaaaaaaaaa » through (ASVS 6.2)."""

from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

from eig.accounts.models import User

# Guesses, as a power of ten: what a machine tries in some days against our hashes is not enough.
LEAST = 10
# zxcvbn grows slow with length; what begins a longer one is judged.
LONGEST = 72
# Words that anybody tries here first.
OURS = (
    *("eig", "entrepreneurs", "interet", "general", "dinum"),
    *("motdepasse", "bonjour", "azerty", "azertyuiop", "qsdfghjklm"),
)

TOO_EASY = (
    "Ce mot de passe se devine : il répète ou suit un modèle connu. Prenez quatre ou cinq mots sans lien "
    "entre eux, par exemple tirés au hasard dans un livre."
)


class HardToGuess:
    """A validator of `AUTH_PASSWORD_VALIDATORS`."""

    def validate(self, password: str, user: User | None = None) -> None:
        theirs = [user.first_name, user.last_name, *user.email.split("@")] if user else []
        words = [*OURS, *(word for word in theirs if word)]
        if zxcvbn(password[:LONGEST], user_inputs=words)["guesses_log10"] < LEAST:
            raise ValidationError(TOO_EASY, code="password_too_easy")

    def get_help_text(self) -> str:
        return "Quatre ou cinq mots sans lien entre eux font un bon mot de passe."
