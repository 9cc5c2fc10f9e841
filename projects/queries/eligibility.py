"""The check-list of eligibility of a project: the promotion's conditions, and what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from projects.models import EligibilityCheck, Project


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One named condition; `answer` is None until somebody looked."""

    code: str
    label: str
    help: str
    reason: str
    answer: bool | None = None
    note: str = ""
    check: EligibilityCheck | None = None


def check_list(project: Project) -> list[ConditionLine]:
    """The conditions of the promotion in their order, with the answers so far."""
    answers = {
        row.condition: row
        for row in project.eligibility_checks.select_related("checked_by").order_by("condition", "pk")
    }
    return [
        ConditionLine(
            code=str(item["code"]),
            label=str(item["label"]),
            help=str(item.get("help", "")),
            reason=str(item.get("reason", "")),
            answer=answers[item["code"]].is_met if item["code"] in answers else None,
            note=answers[item["code"]].note if item["code"] in answers else "",
            check=answers.get(item["code"]),
        )
        for item in project.promotion.project_conditions
    ]


def refusal_built(lines: Sequence[ConditionLine]) -> str:
    """The words told to a project that is set aside: one paragraph per condition that is not met."""
    return "\n\n".join(
        f"{line.reason} {line.note}".strip() for line in lines if line.answer is False and line.reason
    )
