"""What a promotion is made of, once read: frozen records, named as in the TOML files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

CHARACTERS_PER_LINE = 90

QUESTION_TYPES = frozenset(
    {
        "text", "long_text", "email", "phone", "url", "integer", "years", "yes_no", "choice", "choices",
        "attestation", "date", "place", "person", "administration", "administrations", "team_table",
        "positions", "trades", "file", "files",
    }
)  # fmt: skip


class CatalogueError(ValueError):
    """A file of the catalogue is wrong; the message says where and what."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that change from one promotion to the next; money in euros, pay net and monthly."""

    employer: str
    contract_kind: str
    contract_months: int
    pay_threshold_years: int
    pay_threshold_inclusive: bool
    pay_below: int
    pay_above: int
    cofinancing_kind: str
    cofinancing_per_member: int
    cofinancing_programme: int
    cofinancing_programme_label: str
    team_min: int
    team_max: int
    positions_min: int
    positions_max: int
    wishes_min: int
    wishes_max: int
    audition_minutes: int
    audition_by_video: bool
    hearing_reading_minutes: int
    hearing_pitch_minutes: int
    hearing_questions_minutes: int
    hearing_deliberation_minutes: int
    hearing_pause_minutes: int
    hearing_jurors_min: int
    hearing_jurors_max: int
    hearing_projects_max: int
    wish_adjustment_days: int
    proposal_answer_days: int
    audition_moves: int
    audition_move_days: int
    acceptance_days: int
    anonymous_shortlisting: bool
    readers_per_application: int
    readers_per_project: int
    third_reader_gap: int
    seats_planned: int
    trades_per_candidate_max: int
    reserve_expires_planned: datetime
    reserve_expires: datetime


@dataclass(frozen=True, slots=True)
class Trade:
    code: str
    label: str
    short: str
    person: str
    opened: bool


@dataclass(frozen=True, slots=True)
class Visa:
    """Who must approve which section of a project before it is handed in; `contact` names the person."""

    code: str
    label: str
    section: str
    contact: str
    asks: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of eligibility of a project; `reason` is what its people are told when it is not met."""

    code: str
    label: str
    help: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extension:
    """A published extension; the original closing is kept."""

    original_closes: datetime
    closes: datetime
    announced_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Phase:
    """A dated interval; all moments are aware, in Europe/Paris."""

    kind: str
    name: str
    planned_opens: datetime
    planned_closes: datetime
    opens: datetime
    closes: datetime
    requires: tuple[str, ...] = ()
    extension: Extension | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated event of the calendar that opens and closes nothing."""

    code: str
    name: str
    audience: str
    starts: datetime
    ends: datetime
    planned_starts: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """`at` is the hour of the reminders counted in days; those in hours leave at their own moment."""

    code: str
    phase: str
    audience: str
    days_before: tuple[int, ...]
    hours_before: tuple[int, ...]
    at: time


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class RequiredIf:
    """The question is asked, and required, only when another one has this answer."""

    question: str
    equals: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a form; limits that do not concern its type are None.

    `eligible` is the answer of a yes/no question that lets a person apply; the other one is explained
    by `ineligible_reason`. `help` already tells the limit of a long text.
    """

    code: str
    type: str
    label: str
    help: str = ""
    required: bool = False
    identifying: bool = False
    readers: bool = True
    max_length: int | None = None
    lines: int | None = None
    options: tuple[Option, ...] = ()
    required_if: RequiredIf | None = None
    pattern: str = ""
    pattern_message: str = ""
    eligible: str = ""
    ineligible_reason: str = ""
    minimum: int | None = None
    maximum: int | None = None
    choices_min: int | None = None
    choices_max: int | None = None
    rows_min: int | None = None
    rows_max: int | None = None
    seats_min: int | None = None
    seats_max: int | None = None
    max_mb: int | None = None
    max_pages: int | None = None
    max_files: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    title: str
    intro: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Form:
    code: str
    title: str
    lead: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)


@dataclass(frozen=True, slots=True)
class Criterion:
    """`anchors` says in words what the marks 0, 1, 3 and 5 mean."""

    code: str
    label: str
    definition: str
    weight: int
    anchors: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A comment is required for a mark under `comment_required_below`; `favourite` allows a coup de cœur."""

    code: str
    title: str
    object: str
    step: str
    scale_min: int
    scale_max: int
    intro: str
    comment_required_below: int
    favourite: bool
    verdicts: tuple[Option, ...]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class PageSection:
    code: str
    title: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionAnswer:
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Page:
    code: str
    title: str
    lead: str
    sections: tuple[PageSection, ...]
    faq: tuple[QuestionAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class ExampleCandidate:
    """`marks` are French decimals to show; `result` is a project, or empty for the reserve."""

    name: str
    wishes: tuple[str, ...]
    marks: Mapping[str, str]
    result: str


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """The tiny market that the algorithm page works through."""

    title: str
    intro: str
    conclusion: str
    projects: tuple[str, ...]
    candidates: tuple[ExampleCandidate, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One promotion, complete."""

    code: str
    name: str
    programme: str
    programme_name: str
    edition: int
    tagline: str
    contact: str
    rules: Rules
    trades: tuple[Trade, ...]
    conditions: tuple[Condition, ...]
    visas: tuple[Visa, ...]
    phases: tuple[Phase, ...]
    milestones: tuple[Milestone, ...]
    reminders: tuple[Reminder, ...]
    forms: Mapping[str, Form]
    grids: Mapping[str, Grid]
    pages: Mapping[str, Page]
    example: Example
