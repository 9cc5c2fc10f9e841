"""What one reads and hears: readings, juries of projects, auditions."""

from collections.abc import Iterator

from django.urls import reverse

from eig.evaluation.choices import Stage
from eig.french import deadline
from journey.queries.dashboard.card import Card, Person
from projects.choices import HearingStatus
from projects.queries.hearing import groups_of_juror, hearings_of_lead, minutes_of
from projects.rules.hearing import called_at


def readings(person: Person) -> Iterator[Card]:
    pages = {
        Stage.PROJECT_READING: ("Lectures de projets", "projects:review_list"),
        Stage.APPLICATION_READING: ("Lectures de candidatures", "candidates:reading_list"),
    }
    for stage, (title, name) in pages.items():
        if stage not in person.stages:
            continue
        left = person.unsigned.get(stage, 0)
        yield Card(
            title=title,
            state=f"{left} à lire" if left else "À jour",
            kind="warning" if left else "success",
            next="Notez, puis signez : votre avis est définitif une fois signé." if left else "Merci.",
            url=reverse(name),
            action="Ouvrir mes lectures",
            urgent=bool(left),
            over=not left and stage not in person.stages_open,
        )


def hearings(person: Person) -> Iterator[Card]:
    """A project awaited by its jury; a jury where I sit. Nothing before it was told."""
    for hearing in hearings_of_lead(person.user).filter(status=HearingStatus.PLANNED):
        minutes = minutes_of(hearing.group.promotion)
        yield Card(
            title=f"Audition : {hearing.project.title}",
            state="Convocation",
            kind="info",
            next=f"Le {deadline(called_at(hearing.during.lower, minutes))}, {hearing.group.room}.",
            url=reverse("projects:hearing_detail", args=[hearing.project.code]),
            action="Préparer l’audition",
            detail=hearing.group.promotion.name,
        )
    groups = list(groups_of_juror(person.user))
    left = sum(item.status == HearingStatus.PLANNED for group in groups for item in group.hearings.all())
    if groups:
        yield Card(
            title="Jurys de projets",
            state=f"{left} projet{'s' if left > 1 else ''} à entendre" if left else "À jour",
            kind="info" if left else "success",
            next="L’ordre de passage, les dossiers et la grille du jury.",
            url=reverse("projects:jury_list"),
            action="Ouvrir mes jurys",
            detail=groups[0].promotion.name,
            over=not left,
        )


def juries(person: Person) -> Iterator[Card]:
    if Stage.AUDITION not in person.stages:
        return
    left = person.unsigned.get(Stage.AUDITION, 0)
    yield Card(
        title="Jurys d’audition",
        state=f"{left} fiche{'s' if left > 1 else ''} à signer" if left else "À jour",
        kind="warning" if left else "success",
        next="Vos passages, les dossiers et vos fiches.",
        url=reverse("interviews:jury_day"),
        action="Ouvrir mes passages",
        urgent=bool(left),
        over=not left and Stage.AUDITION not in person.stages_open,
    )
