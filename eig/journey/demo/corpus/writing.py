"""A candidate's texts: a fragment of each list of the banks, never the same text twice."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from eig.journey.demo.corpus.records import Person
from eig.journey.demo.corpus.sources import fill, pick, read

BANKS = ("trades_1.toml", "trades_2.toml")
NUMBERS = ("quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "quatorze")
COUNTS = (
    "17",
    "23",
    "34",
    "41",
    "58",
    "62",
    "76",
    "85",
    "96",
    "110",
    "140",
    "180",
    "230",
    "320",
    "450",
    "610",
)
YEARS = tuple(str(year) for year in range(2012, 2022))
TRIES = 200


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
    writer: Writer, person: Person, *, trade: str, themes: Sequence[str], strong: bool, school: str
) -> dict[str, str]:
    """The seven texts of a dossier, and the text on training for most of them."""
    bank, shared = phrases(trade), common()
    weak = shared["weak"]
    theme = [line for code in themes for line in shared["themes"][code]]
    signed = writer.rng.random() < 0.22
    ending = [shared["motivation_end"], *([shared["signatures"]] if signed else [])]

    def write(*slots: Sequence[str], limit: int) -> str:
        return writer.text(person, trade=trade, slots=slots, limit=limit, words={"school": school})

    answers = {
        "teamwork": write(shared["teamwork_start"], shared["contexts"], shared["teamwork_end"], limit=450),
        "adaptation": write(
            shared["adaptation_start"], shared["contexts"], shared["adaptation_end"], limit=450
        ),
        "pedagogy": write(shared["pedagogy_start"], shared["pedagogy_end"], limit=450),
    }
    if strong:
        answers |= {
            "skills": write(bank["skills_start"], bank["skills_example"], shared["skills_more"], limit=900),
            "experience": write(bank["experience"], shared["contexts"], bank["lesson"], limit=900),
            "initiative": write(
                shared["initiative_start"], shared["contexts"], shared["initiative_result"], limit=900
            ),
            "motivation": write(shared["motivation_start"], theme, *ending, limit=900),
        }
    else:
        answers |= {
            "skills": write(weak["skills"], weak["skills_more"], limit=900),
            "experience": write(weak["experience"], weak["experience_more"], limit=900),
            "initiative": write(
                weak["initiative"], weak["initiative_middle"], weak["initiative_more"], limit=900
            ),
            "motivation": write(weak["motivation"], theme, weak["motivation_more"], *ending[1:], limit=900),
        }
    if writer.rng.random() < 0.7:
        answers["training"] = write(shared["training_start"], shared["training_end"], limit=450)
    return answers
