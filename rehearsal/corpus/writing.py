"""A candidate's texts: a fragment of each list of the banks, never the same text twice."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from rehearsal.corpus.records import Person
from rehearsal.corpus.sources import fill, pick, read

BANKS = ("trades_1.toml", "trades_2.toml")
NUMBERS = ("quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "quatorze")
COUNTS = tuple(
    str(count) for count in (17, 23, 34, 41, 58, 62, 76, 85, 96, 110, 140, 180, 230, 320, 450, 610)
)
YEARS = tuple(str(year) for year in range(2012, 2022))
TRIES = 200
MAIN_TEXTS = ("skills", "experience", "initiative", "motivation")


class TooFewPhrases(Exception):
    """The banks cannot make one more text that fits and that nobody else has."""


def phrases(trade: str) -> Mapping[str, Any]:
    """What people of this trade say."""
    return next(bank[trade] for name in BANKS if trade in (bank := read("phrases", name)))


def common() -> Mapping[str, Any]:
    return read("phrases", "common.toml")


class Writer:
    """Writes for one person at a time; remembers all that was written, by everyone."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.written: set[str] = set()

    def words(self, person: Person, trade: str) -> dict[str, str]:
        """The words that fill the fragments, drawn anew for each text."""
        bank = phrases(trade)
        tool, other = self.rng.sample(list(bank["tools"]), 2)
        return {
            "tool": tool,
            "other": other,
            "subject": pick(self.rng, bank["subject"]),
            "sector": pick(self.rng, common()["sectors"]),
            "school": pick(self.rng, common()["schools"]),
            "count": pick(self.rng, COUNTS),
            "year": pick(self.rng, YEARS),
            "months": pick(self.rng, NUMBERS),
            "people": pick(self.rng, NUMBERS),
            "first": person.first_name,
            "last": person.last_name,
        }

    def text(
        self,
        person: Person,
        *,
        trade: str,
        slots: Sequence[Sequence[str]],
        limit: int,
        words: Mapping[str, str] | None = None,
    ) -> str:
        """One fragment of each slot, filled; drawn again until it is new and fits in `limit` characters."""
        return self._new(lambda: self._compose(person, trade=trade, slots=slots, words=words), limit=limit)

    def _compose(
        self, person: Person, *, trade: str, slots: Sequence[Sequence[str]], words: Mapping[str, str] | None
    ) -> str:
        text = " ".join(pick(self.rng, slot) for slot in slots)
        return fill(text, gender=person.gender, words={**self.words(person, trade), **(words or {})})

    def _new(self, compose: Callable[[], str], *, limit: int) -> str:
        for _ in range(TRIES):
            text = compose()
            if text not in self.written and len(text) <= limit:
                self.written.add(text)
                return text
        raise TooFewPhrases(f"No new text of at most {limit} characters after {TRIES} tries.")


def long_answers(
    writer: Writer, person: Person, *, trade: str, themes: Sequence[str], weaker: int, school: str
) -> dict[str, str]:
    """The seven texts of a dossier, `weaker` of the four main ones being weak; often, one on training."""
    shared, rng = common(), writer.rng
    weak = set(rng.sample(MAIN_TEXTS, weaker))
    signed = [shared["signatures"]] if rng.random() < 0.22 else []
    slots = {
        **{code: _slots(trade, code, themes=themes, weak=code in weak) for code in MAIN_TEXTS},
        "teamwork": [shared["teamwork_start"], shared["contexts"], shared["teamwork_end"]],
        "adaptation": [shared["adaptation_start"], shared["contexts"], shared["adaptation_end"]],
        "pedagogy": [shared["pedagogy_start"], shared["pedagogy_end"]],
    }
    slots["motivation"] += signed
    if rng.random() < 0.7:
        slots["training"] = [shared["training_start"], shared["training_end"]]
    return {
        code: writer.text(
            person,
            trade=trade,
            slots=lists,
            limit=900 if code in MAIN_TEXTS else 450,
            words={"school": school},
        )
        for code, lists in slots.items()
    }


def _slots(trade: str, code: str, *, themes: Sequence[str], weak: bool) -> list[Sequence[str]]:
    """The lists from which one of the four main texts is made."""
    bank, shared = phrases(trade), common()
    vague = shared["weak"]
    theme = [line for name in themes for line in shared["themes"][name]]
    slots: dict[tuple[str, bool], list[Sequence[str]]] = {
        ("skills", False): [bank["skills_start"], bank["skills_example"], shared["skills_more"]],
        ("skills", True): [vague["skills"], vague["skills_more"]],
        ("experience", False): [bank["experience"], shared["contexts"], bank["lesson"]],
        ("experience", True): [vague["experience"], vague["experience_more"]],
        ("initiative", False): [shared["initiative_start"], shared["contexts"], shared["initiative_result"]],
        ("initiative", True): [vague["initiative"], vague["initiative_middle"], vague["initiative_more"]],
        ("motivation", False): [shared["motivation_start"], theme, shared["motivation_end"]],
        ("motivation", True): [vague["motivation"], theme, vague["motivation_more"]],
    }
    return slots[code, weak]
