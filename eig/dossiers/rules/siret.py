"""SIRET: fourteen digits whose Luhn key is right; La Poste has its own key."""

import re

LENGTH = 14
# The establishments of La Poste outgrew the Luhn key: the sum of their digits is a multiple of five.
LA_POSTE = "356000000"


def plain_siret(text: str) -> str:
    """The digits alone: people type « 130 025 265 00013 », with spaces of all kinds, dots or hyphens."""
    return re.sub(r"[\s.\-]", "", text)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_siret(text: str) -> bool:
    digits = plain_siret(text)
    if not re.fullmatch(r"[0-9]{14}", digits) or digits == "0" * LENGTH:
        return False
    if digits.startswith(LA_POSTE) and sum(map(int, digits)) % 5 == 0:
        return True
    return _luhn(digits)
