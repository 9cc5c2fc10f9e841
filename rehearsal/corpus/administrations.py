"""The invented administrations. Their SIRET are valid and can belong to no one: no SIREN begins with 099."""

from functools import cache

from rehearsal.corpus.records import Administration
from rehearsal.corpus.sources import read


def luhn_digit(digits: str) -> str:
    """The digit to append for the Luhn sum to be a multiple of ten."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def fictitious_siret(number: int) -> str:
    """Fourteen digits: a valid SIREN (099…), then the establishment 0001 and its key."""
    siren = f"099{number:05d}"
    siren += luhn_digit(siren)
    establishment = f"{siren}0001"
    return establishment + luhn_digit(establishment)


@cache
def load_administrations() -> tuple[Administration, ...]:
    return tuple(
        Administration(
            code=item["code"],
            name=item["name"],
            kind=item["kind"],
            town=item["town"],
            postcode=item["postcode"],
            region=item["region"],
            ministry=item.get("ministry", ""),
            budget_programme=item.get("budget_programme", ""),
            former_host=item["former_host"],
            siret=fictitious_siret(100 + 37 * rank),
            domain=f"{item['code']}.example",
        )
        for rank, item in enumerate(read("administrations.toml")["administrations"])
    )


@cache
def administration(code: str) -> Administration:
    return next(item for item in load_administrations() if item.code == code)
