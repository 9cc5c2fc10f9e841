"""Saving side by side, stale saves, revisions, receipts."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from eig.dossiers.actions import DossierClosed, StaleVersion, save_answers, seal
from eig.dossiers.models import Counter, Revision
from eig.dossiers.queries import form_of
from projects.models import Project
from tests.people import person


def draft(promotion, by) -> Project:
    now = timezone.now()
    return Project.objects.create(
        promotion=promotion, title="Aigle", created_at=now, updated_at=now, updated_by=by
    )


def save(project, form, section, answers, *, by, version=None):
    return save_answers(
        project,
        section=form.section(section),
        answers=answers,
        version=project.version if version is None else version,
        by=by,
        at=timezone.now(),
    )


def test_a_save_merges_one_section_and_counts_versions(promotion, badis):
    project, form = draft(promotion, badis), form_of(promotion, "project")
    save(project, form, "context", {"mission": "Servir", "motivation": "ailleurs"}, by=badis)
    save(project, form, "project", {"problem": "Comment ?"}, by=badis)
    project.refresh_from_db()
    assert project.answers == {"mission": "Servir", "problem": "Comment ?"}
    assert project.version == 3


def test_an_unchanged_save_writes_nothing(promotion, badis):
    project, form = draft(promotion, badis), form_of(promotion, "project")
    save(project, form, "context", {"mission": "Servir"}, by=badis)
    save(project, form, "context", {"mission": "Servir"}, by=badis)
    assert project.version == 2
    assert Revision.objects.count() == 1


def test_an_emptied_answer_is_erased_and_its_text_kept_in_the_revision(promotion, badis):
    project, form = draft(promotion, badis), form_of(promotion, "project")
    save(project, form, "context", {"mission": "Servir"}, by=badis)
    save(project, form, "context", {"mission": None}, by=badis)
    project.refresh_from_db()
    assert "mission" not in project.answers
    assert Revision.objects.get(version=3).before == "Servir"


def test_a_stale_save_of_the_same_question_shows_both_texts_and_writes_nothing(promotion, badis, alice):
    project, form = draft(promotion, badis), form_of(promotion, "project")
    save(project, form, "context", {"mission": "Le texte de Badis"}, by=badis, version=1)
    with pytest.raises(StaleVersion) as stale:
        save(project, form, "context", {"mission": "Le texte d’Alice"}, by=alice, version=1)
    conflict = stale.value.conflicts[0]
    assert (conflict.mine, conflict.theirs) == ("Le texte d’Alice", "Le texte de Badis")
    project.refresh_from_db()
    assert project.answers["mission"] == "Le texte de Badis"


def test_two_people_in_two_sections_do_not_disturb_each_other(promotion, badis, alice):
    project, form = draft(promotion, badis), form_of(promotion, "project")
    save(project, form, "context", {"mission": "Servir"}, by=badis, version=1)
    save(project, form, "project", {"problem": "Comment ?"}, by=alice, version=1)
    project.refresh_from_db()
    assert set(project.answers) == {"mission", "problem"}


def test_a_dossier_that_is_no_draft_no_longer_changes(promotion, badis):
    project, form = draft(promotion, badis), form_of(promotion, "project")
    now = timezone.now()
    Project.objects.filter(pk=project.pk).update(
        status="submitted", submitted_at=now, number="X-1", content_sha256="0" * 64
    )
    with pytest.raises(DossierClosed):
        save(project, form, "context", {"mission": "Trop tard"}, by=badis)


def test_receipts_are_numbered_without_a_hole(promotion, badis):
    form = form_of(promotion, "project")
    numbers = []
    for _ in range(3):
        project = draft(promotion, badis)
        number, digest = seal(project, kind="project", form=form, now=timezone.now(), by=badis)
        numbers.append(number)
        assert len(digest) == 64
    assert numbers == ["EIG-6-P-0001", "EIG-6-P-0002", "EIG-6-P-0003"]


def test_a_seal_undone_leaves_no_hole(promotion, badis):
    form, project = form_of(promotion, "project"), draft(promotion, badis)
    with transaction.atomic():
        seal(project, kind="project", form=form, now=timezone.now(), by=badis)
        transaction.set_rollback(True)
    assert not Counter.objects.exists()


def test_sealing_forgets_the_former_texts(promotion, badis):
    form, project = form_of(promotion, "project"), draft(promotion, badis)
    save(project, form, "context", {"mission": "Un"}, by=badis)
    save(project, form, "context", {"mission": "Deux"}, by=badis)
    seal(project, kind="project", form=form, now=timezone.now(), by=badis)
    assert set(Revision.objects.values_list("before", flat=True)) == {None}
    assert Revision.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_simultaneous_saves_of_one_question_keep_one_and_show_the_other(promotion_committed):
    badis = person("Badis", "Benali")
    form, project = form_of(promotion_committed, "project"), draft(promotion_committed, badis)
    barrier, outcomes = threading.Barrier(4), []

    def write(text):
        mine = Project.objects.select_related("promotion").get(pk=project.pk)
        barrier.wait()
        try:
            save(mine, form, "context", {"mission": text}, by=badis, version=1)
            outcomes.append(text)
        except StaleVersion as stale:
            outcomes.append(stale)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(f"texte {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [outcome for outcome in outcomes if isinstance(outcome, str)]
    project.refresh_from_db()
    assert kept == [project.answers["mission"]]
    assert len(outcomes) == 4
