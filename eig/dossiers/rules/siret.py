"""SIRET: the nine digits of a SIREN, then five; each has a Luhn key, La Poste a key of its own."""

import re

from eig.french.letters import visible

LENGTH = 14
SIREN_LENGTH = 9
# The establishments of La Poste outgrew the Luhn key: the sum of their digits is a multiple of five.
LA_POSTE = "356000000"


def plain_siret(text: str) -> str:
    """The digits alone: people type « 130 025 265 00013 », with spaces of all kinds, dots or hyphens."""
    return re.sub(r"[\s.\-]", "", visible(text))


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_siren(text: str) -> bool:
    digits = plain_siret(text)
    return bool(re.fullmatch(rf"[0-9]{{{SIREN_LENGTH}}}", digits)) and any(map(int, digits)) and _luhn(digits)


def is_siret(text: str) -> bool:
    digits = plain_siret(text)
    if not re.fullmatch(rf"[0-9]{{{LENGTH}}}", digits) or not is_siren(digits[:SIREN_LENGTH]):
        return False
    if digits.startswith(LA_POSTE) and sum(map(int, digits)) % 5 == 0:
        return True
    return _luhn(digits)
