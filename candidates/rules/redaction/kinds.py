"""What may be hidden in a text, and the words that stand in its place."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    NAME = "name"
    ADDRESS = "address"
    LINK = "link"
    PHONE = "phone"
    SCHOOL = "school"
    MENTION = "mention"
    WORD = "word"


KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.NAME: "[nom masqué]",
        Kind.ADDRESS: "[adresse masquée]",
        Kind.LINK: "[lien masqué]",
        Kind.PHONE: "[numéro masqué]",
        Kind.SCHOOL: "[école masquée]",
        Kind.MENTION: "[mention masquée]",
        Kind.WORD: "[mot masqué]",
    }
)
# An address, a link or a number is never shown again: it can only tell who wrote.
SHOWABLE = frozenset({Kind.NAME, Kind.SCHOOL, Kind.MENTION})
