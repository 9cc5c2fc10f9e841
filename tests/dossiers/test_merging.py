"""Two tabs on one draft: in whatever order they save, no acknowledged text is lost or overwritten unseen."""

import random

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eig.dossiers.actions import Seen, StaleVersion, save_answers
from eig.dossiers.models import Revision
from eig.dossiers.queries import form_of
from eig.dossiers.rules import Change, Turn, Verdict, difference, verdict
from projects.models import Project

QUESTIONS = ("mission", "vision")


def test_what_a_late_save_may_do():
    theirs = [Change(6, "avant", "autre", 1)]
    assert verdict("neuf", stored="neuf", since=theirs) is Verdict.SAME
    assert verdict("neuf", stored="avant", since=[]) is Verdict.WRITE
    assert verdict("avant", stored="autre", since=theirs) is Verdict.THEIRS
    assert verdict("neuf", stored="autre", since=theirs) is Verdict.CONFLICT


def test_a_page_left_as_it_was_yields_however_often_others_changed_the_text():
    """What counts is the text this page was opened on, not the last one replaced since."""
    twice = [Change(6, "avant", "autre", 1), Change(7, "presque", "autre", 2)]
    assert verdict("avant", stored="autre", since=twice) is Verdict.THEIRS
    assert verdict("presque", stored="autre", since=twice) is Verdict.CONFLICT


def test_a_page_does_not_quarrel_with_its_own_lost_save_but_an_older_one_of_it_is_no_newer():
    mine = [Change(6, "avant", "page", 4)]
    assert verdict("neuf", stored="presque", since=mine, turn=Turn("page", 5)) is Verdict.WRITE
    assert verdict("vieux", stored="presque", since=mine, turn=Turn("page", 3)) is Verdict.CONFLICT
    mixed = [*mine, Change(7, "presque", "autre", 1)]
    assert verdict("neuf", stored="autre", since=mixed, turn=Turn("page", 5)) is Verdict.CONFLICT


def test_without_the_gone_words_a_difference_reads_as_the_new_text():
    pieces = difference("Servir les gens du littoral.", "Servir toutes les gens du rivage.")
    assert (
        "".join(piece.text for piece in pieces if piece.kind != "gone") == "Servir toutes les gens du rivage."
    )
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == "Servir les gens du littoral."
    assert ("gone", "littoral") in [(piece.kind, piece.text) for piece in pieces]


class Tab:
    """An open page: what it knows of each answer, and of which version."""

    def __init__(self, name: str, project: Project) -> None:
        self.name, self.turn = name, 0
        self.look(project)

    def look(self, project: Project) -> None:
        self.versions = dict.fromkeys(QUESTIONS, project.version)
        self.texts = {code: project.answers.get(code) for code in QUESTIONS}


class Ledger:
    """What the person was told is saved, and what they were shown."""

    def __init__(self) -> None:
        self.acknowledged: list[tuple[str, str]] = []
        self.shown: set[tuple[str, str]] = set()


def _save(tab, project, section, by, ledger, *, question, text, lost):
    """One autosave; `lost`: the answer never reaches the page, which will say its text again later."""
    fresh = Project.objects.select_related("promotion").get(pk=project.pk)
    before = fresh.answers.get(question)
    tab.turn += 1
    seen = Seen(0, {question: tab.versions[question]}, Turn(tab.name, tab.turn))
    try:
        save_answers(fresh, section=section, answers={question: text}, version=seen, by=by, at=timezone.now())
    except StaleVersion as stale:
        conflict = stale.conflicts[0]
        ledger.shown |= {(question, conflict.mine), (question, conflict.theirs)}
        # They look at both, and choose theirs; keeping mine is the same save with the new version.
        tab.versions[question], tab.texts[question] = stale.version, before
        return
    stored = fresh.answers.get(question)
    if stored != text:
        assert text == tab.texts[question], "only an untouched text gives way"
        return
    if before != text:
        last = Revision.objects.filter(question=question, version__lt=fresh.version, dossier_id=project.pk)
        writer = last.order_by("-version").values_list("tab", flat=True).first()
        assert before == tab.texts[question] or writer == tab.name, "a text never seen was overwritten"
    if not lost:
        tab.versions[question], tab.texts[question] = fresh.version, text
        ledger.acknowledged.append((question, text))


STEPS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(QUESTIONS),
        st.sampled_from(["write", "write", "write", "untouched", "lost", "reload"]),
    ),
    min_size=3,
    max_size=9,
)


def test_of_500_interleavings_of_two_tabs_none_loses_an_acknowledged_text(promotion, badis):
    section = form_of(promotion, "project").section("context")
    now = timezone.now()
    texts = random.Random(7)

    @settings(max_examples=500, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def interleave(steps):
        with transaction.atomic():
            project = Project.objects.create(
                promotion=promotion, title="Aigle", created_at=now, updated_at=now, updated_by=badis
            )
            tabs, ledger = (Tab("un", project), Tab("deux", project)), Ledger()
            for place, question, deed in steps:
                tab = tabs[place]
                if deed == "reload":
                    tab.look(Project.objects.get(pk=project.pk))
                    continue
                text = f"texte {texts.randrange(10**9)}"
                if deed == "untouched":
                    text = tab.texts[question]
                    if text is None:
                        continue
                _save(tab, project, section, badis, ledger, question=question, text=text, lost=deed == "lost")
            project.refresh_from_db()
            former = set(Revision.objects.filter(dossier_id=project.pk).values_list("question", "before"))
            for question, text in ledger.acknowledged:
                assert (
                    project.answers.get(question) == text
                    or (question, text) in former
                    or (question, text) in ledger.shown
                )
            transaction.set_rollback(True)

    interleave()
