"""Every deed reaches the journal, by its source and by its door; those that do not say why."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

from eig.journal.changes import facts
from eig.journal.models import Entry
from tests.crawling import Form, as_given, borrowed, send
from tests.databases import forgotten
from tests.repository.test_bad_input import browser_of, kinds_of
from tests.repository.visiting import COUNTS, DOORS, FURNITURE, Visits

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


# --- By its door ------------------------------------------------------------------------------------------

# What is written there, or was before a refusal took it back, is told elsewhere or not at all.
UNTOLD_DOORS = {
    "a draft is typed; its revisions keep what was there": {
        "candidates:review_edit",
        "candidates:revision_restore",
        "interviews:scorecard_edit",
        "projects:correction_edit",
        "projects:hearing_edit",
        "projects:project_edit",
        "projects:review_edit",
        "projects:revision_restore",
    },
    "a print or a copy is a row of its own, with who asked and when": {
        "cohorts:certificate_ask",
        "interviews:booklet_ask",
        "interviews:timetable_print",
        "privacy:copy_ask",
        "projects:staff_brochure_ask",
        "projects:staff_hearing_print",
    },
    "one's own desk, or a choice that does nothing yet": {
        "candidates:staff_application_list",
        "listing:bulk_detail",
        "ranking:bookmark_set",
    },
    "letters to jurors are rows of the outbox; there, nobody is heard yet": {"interviews:timetable_publish"},
    "refused there": {"interviews:passage_end", "interviews:plan_ask"},
    "anonymous, and so for the journal too": {"diversity:answer_edit"},
}
# The entry names what is written for the first time, or tells the whole as it is now, in order.
TOLD_WHOLE = {"seal", "join_pool", "lock_panel", "apply_bulk", "rank", "accept_other_project"}
# Sign-in codes and letters, the journal itself.
BESIDE = FURNITURE | {"journal_entry", "journal_link", "journal_consultation"}


class Posted:
    """What one post wrote, before it was undone: tables, entries, and the rows that these are about."""

    def __init__(self, visits: Visits, form: Form, button: tuple[str, str]) -> None:
        self.form, self.button = form, button
        with forgotten():
            last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            before = _counts()
            send(borrowed(browser_of(visits, form.who)), form, as_given(form, button=button))
            after = _counts()
            self.entries = list(Entry.objects.filter(pk__gt=last).select_related("actor"))
            now = [_facts(entry) for entry in self.entries]
        self.tables = {table for table in after if after[table] != before.get(table, 0)} - BESIDE
        self.replaced = {
            entry.verb: sorted(
                name for name, value in was.items() if value is not None and value != is_.get(name)
            )
            for entry, is_ in zip(self.entries, now, strict=True)
            if not entry.data.keys() & {"changed", "before"} and (was := _facts(entry)) and is_
        }

    def __str__(self) -> str:
        return f"{self.form.door} {'='.join(self.button)}"


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        return dict(cursor.fetchall())


def _facts(entry: Entry) -> dict[str, Any]:
    """Of the record of an entry as it stands, its state and version aside: a move says the one itself."""
    found = apps.get_model(entry.record_type)._base_manager.filter(pk=entry.record_id).first()
    return {name: value for name, value in facts(found).items() if name != "status"} if found else {}


def test_whatever_a_post_writes_is_told_with_who_what_and_before(visits: Visits) -> None:
    """Each form that somebody is shown, by each button, and each deed, with what the page proposes."""
    posted = [
        Posted(visits, forms[0], button)
        for forms in kinds_of(visits)
        # A page that shows no form is no deed.
        if forms[0].method == "POST" and (forms[0].values or DOORS[forms[0].door].verb == "POST")
        for button in forms[0].buttons
    ]
    wrote = [one for one in posted if one.tables]
    assert len(wrote) > 120
    known = {name for names in UNTOLD_DOORS.values() for name in names}
    untold = {one.form.door for one in wrote if not one.entries}
    assert sorted(untold - known) == []
    assert sorted(known - {one.form.door for one in wrote}) == []
    entries = [(one, entry) for one in posted for entry in one.entries]
    assert [str(one) for one, entry in entries if not (entry.request_id and entry.record_label)] == []
    assert [
        f"{one}: {entry.verb} by {entry.actor}, not {one.form.who}"
        for one, entry in entries
        if one.form.who and (entry.actor is None or entry.actor.email != one.form.who)
    ] == []
    assert {
        f"{one}: {verb} {columns}"
        for one in posted
        for verb, columns in one.replaced.items()
        if columns and verb not in TOLD_WHOLE
    } == set()
