"""Act 2, the team's desk: duplicates compared, a letter to many, views, an export, a reserve, the pool."""

from datetime import datetime, timedelta

from candidates.actions import add_attachment, join_pool, keep_both, leave_pool, save_application_section
from candidates.actions.decision import WAVES
from candidates.choices import BulkKind, Outcome, Status
from candidates.models import Application, Decision, PoolMember
from candidates.queries import APPLICATIONS, applications_listed
from eig.documents.files import keep_bytes
from eig.exports.actions import ask_export, write_next_export
from eig.listing.actions import apply_bulk, fill_bulk, keep_view, prepare_bulk
from eig.waves.actions import prepare_wave, propose_decision, publish_wave
from rehearsal.acts.candidates import Candidates
from rehearsal.agreeing import agree
from rehearsal.cv import cv_pdf
from rehearsal.world import World

RESERVED = 6
EARLY_MEMBERS, LATE_MEMBERS = 9, 24
PHONE = "06 99 00 12 34"


class ApplicationTeam:
    def __init__(self, world: World, candidates: Candidates) -> None:
        self.world, self.candidates = world, candidates
        self.alike: list[tuple[int, int]] = []

    def plan(self) -> None:
        add, day = self.world.timeline.add, self.world.day
        closing = self.world.phases["applications"].closes_at
        add(closing - timedelta(hours=20), "deux paires de dossiers se ressemblent", self.resemble)
        add(day(2022, 4, 20, 9, 30), "des vues sont enregistrées", self.keep_views)
        add(day(2022, 4, 20, 15), "un doublon est écarté", self.rule_on_first)
        add(day(2022, 4, 21, 10), "un message part aux designers", self.write_to_designers)
        add(day(2022, 4, 21, 18), "des personnes entrent au vivier", self.join_early)
        add(day(2022, 4, 22, 9), "la liste est exportée", self.export)
        add(day(2022, 5, 4, 9), "l’autre doublon est écarté", self.rule_on_second)
        add(day(2022, 5, 6, 11), "la liste complémentaire est proposée", self.reserve)
        add(day(2022, 5, 11, 18), "d’autres entrent au vivier", self.join_late)
        add(day(2022, 5, 30, 9), "la liste complémentaire prend fin", self.end_reserve)

    def _weak_drafts(self) -> list[Application]:
        weak = [
            self.candidates.applications[key].pk
            for key, script in self.candidates.scripts.items()
            if not script.is_strong and key in self.candidates.applications
        ]
        rows = Application.objects.filter(pk__in=weak, status=Status.DRAFT)
        return list(rows.select_related("promotion", "candidate").order_by("pk")[:4])

    def resemble(self, at: datetime) -> None:
        """Two friends send the portfolio they made together; two people of one house share a telephone."""
        drafts = self._weak_drafts()
        if len(drafts) < 4:
            return
        portfolio = cv_pdf("Atelier des communs", [])
        for application in drafts[:2]:
            person = application.candidate
            document = keep_bytes(
                portfolio, name="portfolio.pdf", media_type="application/pdf", owner=person, at=at
            )
            add_attachment(application, question="portfolio", document=document, by=person, at=at)
        for application in drafts[2:]:
            save_application_section(
                application,
                section=self.candidates.section(),
                answers={**application.answers, "phone": PHONE},
                version=application.version,
                by=application.candidate,
                at=at,
            )
        self.alike = [(drafts[0].pk, drafts[1].pk), (drafts[2].pk, drafts[3].pk)]

    def _keep_both(self, rank: int, reason: str, at: datetime) -> None:
        if rank < len(self.alike):
            first, second = (Application.objects.get(pk=pk) for pk in self.alike[rank])
            if first.submitted_at and second.submitted_at:
                keep_both(
                    self.world.promotion, pair=(first, second), reason=reason, by=self.world.lead, at=at
                )

    def rule_on_first(self, at: datetime) -> None:
        reason = "Deux personnes : elles ont joint un portfolio fait ensemble, chacune dit sa part."
        self._keep_both(0, reason, at)

    def rule_on_second(self, at: datetime) -> None:
        self._keep_both(1, "Un couple, un seul téléphone ; vérifié avec les deux personnes.", at)

    def keep_views(self, at: datetime) -> None:
        for name, query, is_shared in (
            (
                "Lectures manquantes",
                "unread=on&order=readings&columns=person&columns=trades&columns=readers",
                True,
            ),
            ("Désaccords", "apart=on&order=spread&columns=person&columns=mark&columns=spread", True),
            ("Mes géomaticiens", "trade=geomatique&order=score&columns=person&columns=mark", False),
        ):
            keep_view(
                APPLICATIONS,
                self.world.promotion,
                name=name,
                query=query,
                is_shared=is_shared,
                by=self.world.lead,
                at=at,
            )

    def write_to_designers(self, at: datetime) -> None:
        rows = applications_listed(self.world.promotion).filter(
            trade_links__trade__code="design", status=Status.SUBMITTED
        )
        deed = prepare_bulk(
            APPLICATIONS,
            self.world.promotion,
            kind=BulkKind.WRITE,
            rows=list(rows.values_list("pk", flat=True)[:40]),
            by=self.world.second,
            at=at,
        )
        given = {
            "subject": "Votre portfolio : un format lisible par tous",
            "text": (
                "Vos lecteurs ouvrent les portfolios sur leur poste de travail. Si le vôtre est un lien, "
                "vérifiez qu’il s’ouvre sans compte ; s’il est un fichier, rien n’est attendu de vous."
            ),
        }
        fill_bulk(deed, given=given, by=self.world.second, at=at)
        apply_bulk(deed, by=self.world.second, at=at, most=500)

    def export(self, at: datetime) -> None:
        given = {"status": ["submitted"], "columns": ["person", "trades", "years", "signed", "mark"]}
        ask_export(
            self.world.promotion, kind="candidatures", format="xlsx", given=given, by=self.world.lead, at=at
        )
        write_next_export(clock=lambda: at)

    def _join(self, rows: list[Application], at: datetime) -> None:
        for rank, application in enumerate(rows):
            until = at.date() + timedelta(days=365 if rank % 3 else 720)
            join_pool(application, until=until, consents=True, by=application.candidate, at=at)

    def join_early(self, at: datetime) -> None:
        rows = applications_listed(self.world.promotion).filter(status=Status.SUBMITTED)
        self._join(list(rows[5 : 5 + EARLY_MEMBERS]), at)

    def join_late(self, at: datetime) -> None:
        rows = applications_listed(self.world.promotion).filter(status=Status.DECLINED)
        self._join(list(rows[:LATE_MEMBERS]), at)
        member = PoolMember.objects.select_related("person").order_by("pk").first()
        if member is not None:
            leave_pool(member, by=member.person, at=at)

    def reserve(self, at: datetime) -> None:
        """The best of those who would be declined wait, in order."""
        wave = self.candidates.wave
        rows = Decision.objects.filter(wave=wave, outcome=Outcome.DECLINED).select_related("application")
        for rank, decision in enumerate(
            rows.order_by("-application__score", "application__number")[:RESERVED], 1
        ):
            propose_decision(
                decision.application,
                wave=wave,
                outcome=Outcome.RESERVED,
                reason=decision.reason,
                by=self.world.lead,
                at=at,
                reserve_rank=rank,
            )

    def end_reserve(self, at: datetime) -> None:
        """No place was freed: each is told, and why the wait is over."""
        world = self.world
        rows = Application.objects.filter(promotion=world.promotion, status=Status.RESERVED).order_by(
            "number"
        )
        if not rows:
            return
        wave = prepare_wave(
            world.promotion,
            kind=WAVES,
            title="Fin de la liste complémentaire",
            publishes_at=at,
            by=world.lead,
            at=at - timedelta(days=3),
        )
        for application in rows:
            propose_decision(
                application,
                wave=wave,
                outcome=Outcome.DECLINED,
                reason=(
                    "Votre dossier a convaincu ses lecteurs. Aucune place ne s’est libérée dans votre métier "
                    "avant les auditions : nous mettons fin à l’attente plutôt que de la prolonger."
                ),
                by=world.lead,
                at=at - timedelta(days=3),
            )
        agree(wave, by=world.second, at=at - timedelta(days=1))
        publish_wave(wave, at=at)
