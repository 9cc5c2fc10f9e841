"""The questions, the mixing of answers, what may be published. Chance is given by the caller."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from random import Random

# A count below this is never shown, and no release changes fewer answers than this.
LEAST = 10
# The pool gives ten of its answers only when as many stay to hide them.
FULL = 2 * LEAST
# Hidden counts add up to this at least: fewer could be worked out from the total.
TOGETHER = 3 * LEAST
# What is shown is rounded down to a multiple of this: two tables cannot be subtracted.
STEP = 5
SILENT = "silent"

Answer = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    code: str
    label: str
    options: tuple[tuple[str, str], ...]
    help: str = ""

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        return (*self.options, (SILENT, "Je ne souhaite pas répondre"))


# Broad bands only; nothing on origins (decision 2007-557 DC), nothing that is asked in the application.
QUESTIONS: tuple[Question, ...] = (
    Question("gender", "Vous êtes", (("woman", "Une femme"), ("man", "Un homme"), ("other", "Autre"))),
    Question(
        "age",
        "Votre âge",
        (
            ("under_25", "Moins de 25 ans"),
            ("25_29", "25 à 29 ans"),
            ("30_34", "30 à 34 ans"),
            ("35_44", "35 à 44 ans"),
            ("over_45", "45 ans et plus"),
        ),
    ),
    Question(
        "disability", "Êtes-vous en situation de handicap, reconnue ou non ?", (("yes", "Oui"), ("no", "Non"))
    ),
    Question(
        "studies",
        "Vos études",
        (
            ("school", "Baccalauréat, ou sans diplôme"),
            ("short", "Deux ou trois ans après le baccalauréat"),
            ("long", "Cinq ans ou plus"),
        ),
    ),
    Question(
        "path",
        "Votre chemin vers le numérique",
        (
            ("studied", "Par mes études"),
            ("retrained", "Par une reconversion"),
            ("self_taught", "En autodidacte"),
        ),
    ),
    Question(
        "parents",
        "L’un de vos parents a-t-il un diplôme de l’enseignement supérieur ?",
        (("yes", "Oui"), ("no", "Non")),
    ),
    Question(
        "place",
        "Là où vous vivez",
        (
            ("paris", "Paris et sa proche banlieue"),
            ("city", "Une autre grande ville"),
            ("town", "Une ville moyenne ou petite"),
            ("country", "La campagne"),
        ),
    ),
)


def cleaned(answer: Mapping[str, str]) -> dict[str, str]:
    """Every question has an answer; whatever is not an option is a silence."""
    return {
        question.code: answer[question.code]
        if answer.get(question.code) in dict(question.options)
        else SILENT
        for question in QUESTIONS
    }


def drawn(
    pool: Sequence[Answer], *, chance: Random, closing: bool = False
) -> tuple[list[Answer], list[Answer]]:
    """Which answers leave the pool, which stay: ten at random once it is full, all of them when it closes.

    At the closing, fewer than ten are lost rather than shown.
    """
    mixed = list(pool)
    chance.shuffle(mixed)
    if closing:
        return (mixed, []) if len(mixed) >= LEAST else ([], [])
    if len(mixed) < FULL:
        return [], mixed
    return mixed[:LEAST], mixed[LEAST:]


Counts = Mapping[str, Mapping[str, int]]


def added(counts: Counts, answers: Sequence[Answer]) -> dict[str, dict[str, int]]:
    """The counts, by question and answer, with a batch more."""
    return {
        question.code: {
            code: counts.get(question.code, {}).get(code, 0)
            + sum(answer[question.code] == code for answer in answers)
            for code, _ in question.choices
        }
        for question in QUESTIONS
    }


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer and how many gave it, rounded; None when it may not be told."""

    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Table:
    question: Question
    cells: tuple[Cell, ...]
    # Too few answers to show anything.
    is_silent: bool


def hidden_answers(counts: Mapping[str, int]) -> set[str]:
    """What is not shown: counts below ten, then the smallest ones until no hidden count can be worked out.

    Two at least are hidden together, and they are thirty at least. Most often, whoever knows this rule and
    the exact total cannot tell them; `keeps_its_secrets` looks whether it is so.
    """
    hidden = {code for code, count in counts.items() if count < LEAST}
    others = sorted((code for code in counts if code not in hidden), key=lambda code: (counts[code], code))
    while hidden and others and (len(hidden) < 2 or sum(counts[code] for code in hidden) < TOGETHER):
        hidden.add(others.pop(0))
    return hidden


@lru_cache(maxsize=4096)
def keeps_its_secrets(shown: tuple[tuple[str, int | None], ...], total: int) -> bool:
    """Whether each hidden count may be any of ten numbers, for whoever knows the table, the rule, the total.

    Tries whatever could have given this table. A table that fails is not shown at all.
    """
    told = [(code, count) for code, count in shown if count is not None]
    hidden = [code for code, count in shown if count is None]
    if not told or not hidden:
        return True
    values: dict[str, set[int]] = {code: set() for code in hidden}
    for exact in product(*(range(max(count, LEAST), count + STEP) for _, count in told)):
        left = total - sum(exact)
        seen = dict(zip((code for code, _ in told), exact, strict=True))
        for guess in _guesses(hidden, left):
            if hidden_answers({**seen, **guess}) == values.keys():
                for code, count in guess.items():
                    values[code].add(count)
                if all(len(found) >= LEAST for found in values.values()):
                    return True
    return False


def _guesses(hidden: Sequence[str], left: int) -> Iterator[dict[str, int]]:
    """What the hidden counts may be, knowing their sum: all but one are small, or would not be hidden."""
    for great in hidden:
        small = [code for code in hidden if code != great]
        for counts in _adding_up_to(TOGETHER + LEAST, len(small)):
            rest = left - sum(counts)
            if rest >= max(counts, default=0):
                yield {**dict(zip(small, counts, strict=True)), great: rest}


def _adding_up_to(most: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Every way to fill the cells without passing `most`."""
    if not cells:
        yield ()
        return
    for count in range(most + 1):
        for others in _adding_up_to(most - count, cells - 1):
            yield (*others, count)


def published_table(question: Question, shown: Mapping[str, int]) -> Table:
    """A table read back: what was not published is not known."""
    cells = tuple(Cell(label, shown.get(code)) for code, label in question.choices)
    return Table(question, cells, is_silent=not shown)


def table_of(question: Question, counts: Mapping[str, int]) -> Table:
    full = {code: counts.get(code, 0) for code, _ in question.choices}
    hidden = hidden_answers(full)
    shown = {code: None if code in hidden else count - count % STEP for code, count in full.items()}
    if not keeps_its_secrets(tuple(shown.items()), sum(full.values())):
        shown = dict.fromkeys(shown)
    cells = tuple(Cell(label, shown[code]) for code, label in question.choices)
    return Table(question, cells, is_silent=all(cell.count is None for cell in cells))
