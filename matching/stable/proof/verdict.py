"""What a checker answers."""

from collections.abc import Callable
from dataclasses import dataclass


class Broken(Exception):
    """The first property that a result does not have: a code and an English sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class Verdict:
    code: str = "ok"
    sentence: str = "Every property holds."

    @property
    def ok(self) -> bool:
        return self.code == "ok"

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"


def verdict_of(check: Callable[[], None]) -> Verdict:
    """The verdict of a check that raises Broken at the first property that does not hold."""
    try:
        check()
    except Broken as broken:
        return Verdict(broken.code, str(broken))
    return Verdict()
