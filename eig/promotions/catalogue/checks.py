"""What must hold in a promotion read from the catalogue, beyond the type of each key."""

import re
from collections.abc import Iterable, Iterator

from eig.promotions.catalogue.records import (
    QUESTION_TYPES,
    Catalogue,
    CatalogueError,
    Form,
    Grid,
    Phase,
    Question,
)

PHASE_KINDS = (
    "projects", "project_review", "applications", "shortlist", "reveal", "ranking", "auditions",
    "deliberation", "announcement", "acceptance", "mission",
)  # fmt: skip
AUDIENCES = frozenset(
    {
        "draft_project",
        "draft_application",
        "uncertified_ranking",
        "unanswered_proposal",
        "upcoming_audition",
        "unanswered_offer",
    }
)
EMPLOYERS = frozenset({"administration", "dinum"})
ANCHORED_MARKS = {0, 1, 3, 5}
TYPES_WITH_OPTIONS = frozenset({"choice", "choices"})
TYPES_WITH_LENGTH = frozenset({"text", "long_text"})


def check(catalogue: Catalogue) -> None:
    """Raise CatalogueError with every fault found, one a line."""
    faults = list(faults_of(catalogue))
    if faults:
        raise CatalogueError(f"{catalogue.code}:\n" + "\n".join(f"- {fault}" for fault in faults))


def faults_of(catalogue: Catalogue) -> Iterator[str]:
    yield from _rule_faults(catalogue)
    yield from _calendar_faults(catalogue)
    for form in catalogue.forms.values():
        yield from _form_faults(form)
    yield from _visa_faults(catalogue)
    for grid in catalogue.grids.values():
        yield from _grid_faults(grid)
    yield from _example_faults(catalogue)


def _rule_faults(catalogue: Catalogue) -> Iterator[str]:
    rules = catalogue.rules
    if rules.employer not in EMPLOYERS:
        yield f"rules: unknown employer “{rules.employer}”"
    for name in ("team", "positions", "wishes"):
        low, high = getattr(rules, f"{name}_min"), getattr(rules, f"{name}_max")
        if not 1 <= low <= high:
            yield f"rules: {name}_min and {name}_max are not in order"
    if rules.pay_above < rules.pay_below:
        yield "rules: pay_above is under pay_below"
    yield from (
        f"trades: “{code}” is there twice" for code in _doubles(trade.code for trade in catalogue.trades)
    )
    if not any(trade.opened for trade in catalogue.trades):
        yield "trades: none is opened"


def _calendar_faults(catalogue: Catalogue) -> Iterator[str]:
    kinds = [phase.kind for phase in catalogue.phases]
    yield from (f"phases: “{kind}” is there twice" for kind in _doubles(kinds))
    yield from (f"phases: “{kind}” is missing" for kind in PHASE_KINDS if kind not in kinds)
    for phase in catalogue.phases:
        yield from _phase_faults(phase, kinds)
    opens = {phase.kind: phase.opens for phase in catalogue.phases}
    for phase in catalogue.phases:
        for earlier in phase.requires:
            if earlier in opens and phase.opens < opens[earlier]:
                yield f"phases: {phase.kind} opens before {earlier}, which it requires"
    for milestone in catalogue.milestones:
        if milestone.ends < milestone.starts:
            yield f"milestones: {milestone.code} ends before it starts"
    for reminder in catalogue.reminders:
        if reminder.phase not in kinds:
            yield f"reminders: {reminder.code} follows an unknown phase “{reminder.phase}”"
        if reminder.audience not in AUDIENCES:
            yield f"reminders: {reminder.code} has an unknown audience “{reminder.audience}”"
        if not reminder.days_before and not reminder.hours_before:
            yield f"reminders: {reminder.code} never leaves"


def _phase_faults(phase: Phase, kinds: list[str]) -> Iterator[str]:
    if phase.kind not in PHASE_KINDS:
        yield f"phases: unknown kind “{phase.kind}”"
    if not (phase.opens < phase.closes and phase.planned_opens < phase.planned_closes):
        yield f"phases: {phase.kind} closes before it opens"
    yield from (
        f"phases: {phase.kind} requires “{kind}”, unknown" for kind in phase.requires if kind not in kinds
    )
    extension = phase.extension
    if extension is None:
        return
    if extension.closes != phase.closes or extension.original_closes != phase.planned_closes:
        yield f"phases: the extension of {phase.kind} does not tell its dates"
    if not extension.announced_at <= extension.original_closes < extension.closes:
        yield f"phases: the extension of {phase.kind} is announced too late, or extends nothing"


def _form_faults(form: Form) -> Iterator[str]:
    codes = [question.code for question in form.questions]
    yield from (f"{form.code} form: “{code}” is asked twice" for code in _doubles(codes))
    yield from (
        f"{form.code} form: section “{code}” is there twice"
        for code in _doubles(section.code for section in form.sections)
    )
    for question in form.questions:
        yield from (
            f"{form.code} form, {question.code}: {fault}" for fault in _question_faults(question, form)
        )


def _question_faults(question: Question, form: Form) -> Iterator[str]:
    if question.type not in QUESTION_TYPES:
        yield f"unknown type “{question.type}”"
    if not re.fullmatch(r"[a-z][a-z0-9_]*", question.code):
        yield "a code is lower-case words joined by _"
    if question.type in TYPES_WITH_LENGTH and question.max_length is None:
        yield "a text needs a limit (lines or max_length)"
    if question.type == "attestation" and not question.required:
        yield "an attestation is always required"
    if bool(question.options) != (question.type in TYPES_WITH_OPTIONS):
        yield "options go with a choice, and a choice with options"
    yield from (
        f"option “{value}” is there twice" for value in _doubles(item.value for item in question.options)
    )
    if bool(question.eligible) != bool(question.ineligible_reason):
        yield "eligible and ineligible_reason go together"
    if question.eligible and (question.type != "yes_no" or question.eligible not in {"yes", "no"}):
        yield "only a yes/no question tells who is eligible"
    if question.type in {"file", "files"} and (question.max_mb is None or question.max_pages is None):
        yield "a file needs max_mb and max_pages"
    if question.required_if and question.required_if.question not in {other.code for other in form.questions}:
        yield f"required_if names an unknown question “{question.required_if.question}”"


def _visa_faults(catalogue: Catalogue) -> Iterator[str]:
    form = catalogue.forms["project"]
    sections = {section.code for section in form.sections}
    people = {question.code for question in form.questions if question.type == "person"}
    yield from (f"visas: “{code}” is there twice" for code in _doubles(visa.code for visa in catalogue.visas))
    for visa in catalogue.visas:
        if visa.section not in sections:
            yield f"visas: {visa.code} is about an unknown section “{visa.section}”"
        if visa.contact and visa.contact not in people:
            yield f"visas: {visa.code} names an unknown person “{visa.contact}”"


def _grid_faults(grid: Grid) -> Iterator[str]:
    where = f"{grid.code} grid"
    if not grid.scale_min < grid.scale_max:
        yield f"{where}: the scale is empty"
    if not grid.verdicts or not grid.criteria:
        yield f"{where}: verdicts and criteria are needed"
    yield from (f"{where}: “{code}” is there twice" for code in _doubles(item.code for item in grid.criteria))
    for criterion in grid.criteria:
        if criterion.weight < 1:
            yield f"{where}, {criterion.code}: a weight is 1 or more"
        if set(criterion.anchors) != ANCHORED_MARKS:
            yield f"{where}, {criterion.code}: anchors are expected for 0, 1, 3 and 5"


def _example_faults(catalogue: Catalogue) -> Iterator[str]:
    example = catalogue.example
    for candidate in example.candidates:
        named = {*candidate.wishes, *candidate.marks, *([candidate.result] if candidate.result else [])}
        yield from (
            f"example: {candidate.name} names an unknown project “{name}”"
            for name in named - set(example.projects)
        )


def _doubles(values: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    doubles: dict[str, None] = {}
    for value in values:
        if value in seen:
            doubles[value] = None
        seen.add(value)
    return list(doubles)
