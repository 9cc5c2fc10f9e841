"""Every deed reaches the journal, by its source; those that do not say why."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = ("eig", "projects", "candidates", "matching", "cohorts", "journey", "privacy")
JOURNAL = {f"eig.journal.actions.{name}" for name in ("record", "entry", "record_all")}

# Why a deed writes nothing there.
UNTOLD = {
    "a draft is typed, minute after minute; handing it in, signing or certifying it is told": {
        "candidates.actions.application.save_application_section",
        "eig.dossiers.actions.answer.save_answers",
        "eig.evaluation.actions.reading.save_review",
        "eig.evaluation.actions.sheet.save_marks",
        "matching.interviews.actions.card.save_scorecard",
        "matching.ranking.actions.editing.open_ranking",
        "projects.actions.project.save_project_section",
    },
    "a letter is a row of the outbox, dated and kept, with what it is about": {
        "cohorts.actions.bulletin.send_digest",
        "cohorts.actions.bulletin.send_digests_due",
        "eig.juries.actions.announcement.announce",
        "eig.juries.actions.announcement.tell_jurors",
        "eig.meetings.actions.reminder.remind_meetings",
        "journey.actions.mail.refusal_to_send_again",
        "matching.interviews.actions.day_pass.send_day_code",
        "privacy.actions.farewell.forget_farewells",
        "privacy.actions.purging.give_notices",
        "projects.actions.visa.remind_visas",
    },
    "a print or a copy is a row of its own, with who asked and when": {
        "candidates.actions.redaction.ask_anonymous_prints",
        "cohorts.actions.mission.ask_certificate",
        "privacy.actions.copying.ask_copy",
        "privacy.actions.copying.remove_expired_copies",
        "projects.actions.call.refresh_call_brochure",
        "projects.actions.page.ask_brochure",
    },
    "a part of a deed that is told above it": {
        "candidates.actions.calibration.join_calibration",
        "eig.accounts.actions.accept_invitation",
        "eig.accounts.actions.invite",
        "eig.accounts.actions.revoke_invitation",
        "eig.evaluation.actions.reading.add_readings",
        "eig.failures.actions.alone",
        "eig.failures.actions.each_alone",
        "eig.juries.actions.panel.refuse_early",
        "eig.juries.actions.side.stand_as_candidate",
        "eig.juries.actions.side.stand_as_judge",
        "eig.listing.actions.fill_bulk",
        "eig.waves.actions.decision.note_authors",
        "matching.interviews.actions.card.give_cards",
        "matching.interviews.actions.juror.settle_duty",
        "privacy.actions.erasing.nobody",
    },
    "one's own desk, which decides nothing": {
        "eig.listing.actions.keep_view",
        "matching.ranking.actions.bookmarks.keep_aside",
    },
    "the journal itself": {"eig.journal.actions.note_consultations", "eig.journal.actions.publish_head"},
}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


class House:
    """The functions and classes of the code, what each one names, and where imported names come from."""

    def __init__(self) -> None:
        self.imported: dict[str, dict[str, str]] = {}
        self.defined: dict[str, ast.FunctionDef | ast.ClassDef] = {}
        for room in ROOMS:
            for path in (ROOT / room).rglob("*.py"):
                if "migrations" not in path.parts:
                    self._read(module_of(path), ast.parse(path.read_text()))

    def _read(self, module: str, tree: ast.Module) -> None:
        names = self.imported.setdefault(module, {})
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                names |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                self.defined[f"{module}.{node.name}"] = node

    def home(self, name: str) -> str:
        """Where a name is defined, through the `__init__.py` that pass it on."""
        module, _, last = name.rpartition(".")
        while name not in self.defined and last in self.imported.get(module, {}):
            name = self.imported[module][last]
            module, _, last = name.rpartition(".")
        return name

    def named_by(self, name: str) -> Iterator[str]:
        module = name.rpartition(".")[0]
        known = self.imported[module]
        for node in ast.walk(self.defined[name]):
            if isinstance(node, ast.Name):
                yield self.home(known.get(node.id, f"{module}.{node.id}"))
            elif (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in known
            ):
                yield self.home(f"{known[node.value.id]}.{node.attr}")

    def told(self) -> set[str]:
        """Whatever reaches the journal, directly or by what it calls."""
        names = {name: {*self.named_by(name)} - {name} for name in self.defined}
        told, new = set(JOURNAL), set(JOURNAL)
        while new:
            new = {name for name, others in names.items() if name not in told and others & told}
            told |= new
        return told

    def deeds(self) -> set[str]:
        """Public actions that say who acts, or when."""
        return {
            name
            for name, node in self.defined.items()
            if isinstance(node, ast.FunctionDef)
            and re.search(r"\.actions(\.|$)", name.rpartition(".")[0])
            and not node.name.startswith("_")
            and {"by", "at"} & {each.arg for each in node.args.kwonlyargs}
        }


@cache
def house() -> House:
    return House()


def test_every_deed_is_told_or_says_why_not() -> None:
    deeds, told = house().deeds(), house().told()
    assert len(deeds) >= 280
    assert "eig.lifecycle.move" in told
    untold = [name for names in UNTOLD.values() for name in names]
    assert sorted(deeds - told) == sorted(untold)
