#!/usr/bin/env bash
# phonenumbers 9.0.43, region FR: three kinds of French numbers are in no text that the matcher reads (its default
# leniency is VALID), though all are dialled as they stand from any French telephone:
# - every mobile of the overseas départements (0692, 0690, 0696, 0694, 0639);
# - fixed lines of Réunion, Guadeloupe and Guyane, while those of Martinique and Mayotte are found (its own examples);
# - the mobiles that Arcep keeps for fiction (06 39 98), while its five ranges of fixed lines for fiction are found.
# So texts with invented mobiles test nothing, and who hides numbers must ask region by region, or take POSSIBLE.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check phonenumbers==9.0.43
"$folder/venv/bin/python" - <<'PY'
from importlib.metadata import version

from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, PhoneNumberType
from phonenumbers import example_number_for_type, format_number


def examples(kind: int, *homes: str) -> list[str]:
    """The library's own examples, as they are written at home."""
    return [format_number(example_number_for_type(home, kind), PhoneNumberFormat.NATIONAL) for home in homes]


FIXED, MOBILE = PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE
CASES = [
    ("overseas, mobile", False, examples(MOBILE, "RE", "YT", "GP", "MQ", "GF")),
    ("overseas, fixed", False, examples(FIXED, "RE", "GP", "GF")),
    ("overseas, fixed", True, examples(FIXED, "MQ", "YT")),
    ("fiction, mobile", False, ["06 39 98 12 34", "06 39 98 00 01"]),
    ("fiction, fixed", True, ["01 99 00 12 34", "02 61 91 12 34", "03 53 01 12 34", "04 65 71 12 34", "05 36 49 12 34"]),
]
print("phonenumbers", version("phonenumbers"))
for kind, found, numbers in CASES:
    for number in numbers:
        text = f"Mon numéro : {number}, le soir."
        by_default = any(PhoneNumberMatcher(text, "FR"))
        possible = any(PhoneNumberMatcher(text, "FR", leniency=Leniency.POSSIBLE))
        print(f"{kind}: {number} found by default {by_default}, as possible {possible}")
        assert (by_default, possible) == (found, True)
PY
