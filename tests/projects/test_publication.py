"""The reveal: nothing public before, everything at once after; the catalogue and its brochure."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eig.documents.models import Print
from eig.documents.printing import print_next, ready_document
from eig.lifecycle import IllegalMove
from eig.mail.models import Message
from eig.promotions.gate import PhaseNotOpen
from journey.queries.dashboard import space_of
from projects.actions import (
    NotDescribed,
    NothingToPrint,
    SeatsOutOfRange,
    ask_brochure,
    describe_project,
    publish_project,
    publish_projects,
    refine_position,
    withdraw_project,
)
from projects.choices import Status
from projects.models import PublicPage
from projects.queries import public_pages_visible, published_projects
from tests.factories import projects as make
from tests.people import phase, signed_in

CANARY = "Canarivage"


def now():
    return timezone.now()


def before_the_reveal(promotion):
    phase(promotion, "reveal", opens=now() + timedelta(days=1), closes=now() + timedelta(days=2))


def texts(*paths):
    client = Client()
    return " ".join(client.get(path).content.decode() for path in paths)


def test_before_the_reveal_nothing_is_public(promotion, diane):
    before_the_reveal(promotion)
    project = make.described(promotion, title=CANARY, public_title=CANARY)
    with pytest.raises(PhaseNotOpen):
        publish_project(project, by=diane, at=now())
    with pytest.raises(PhaseNotOpen):
        publish_projects(promotion, by=diane, at=now())
    with pytest.raises(NothingToPrint):
        ask_brochure(promotion, by=diane, at=now())
    public = texts("/defis/", "/defis/?q=canarivage", "/eig-6/appel-a-projets/", "/")
    assert CANARY not in public.replace('value="canarivage"', "")
    assert "Office du littoral" not in public
    assert "0\u00a0défi" in public
    assert Client().get("/defis/canarivage/").status_code == 404
    assert Client().get("/defis/promotions/eig-6/brochure/").status_code == 404
    assert not PublicPage.objects.exists()
    assert not public_pages_visible().exists()


def test_at_the_reveal_a_laureate_becomes_a_public_defi(promotion, badis, diane):
    project = make.described(promotion, lead=badis, title="Rivage")
    publish_project(project, by=diane, at=now())
    assert project.status == Status.PUBLISHED
    page = project.public_page
    assert (page.slug, page.trades, page.themes) == (
        "rivage",
        ["Développement", "Design"],
        ["Mer", "Écologie"],
    )
    assert Message.objects.get(kind="projects/project_published").to_person == badis
    assert list(published_projects(promotion)) == [project]
    shown = texts("/defis/", "/defis/rivage/")
    for words in ("Une vue partagée de la côte", "Second paragraphe.", "Cartes en ligne", "Rochefort"):
        assert words in shown


def test_a_late_publication_is_still_possible(promotion, diane):
    phase(promotion, "reveal", closes=now() - timedelta(minutes=1))
    publish_project(make.described(promotion), by=diane, at=now())


def test_all_laureates_are_published_or_none(promotion, diane):
    make.described(promotion)
    silent = make.laureate(promotion, title="Sans texte")
    with pytest.raises(NotDescribed, match="Sans texte"):
        publish_projects(promotion, by=diane, at=now())
    assert not PublicPage.objects.exists()
    describe_project(
        silent, title="Sans texte", tagline="Enfin", body=[{"title": "A", "text": "B"}], by=diane, at=now()
    )
    assert publish_projects(promotion, by=diane, at=now()) == 2


def test_only_laureates_are_described(promotion, diane):
    with pytest.raises(IllegalMove):
        describe_project(make.eligible(promotion), title="A", tagline="B", body=[], by=diane, at=now())


def test_staff_correct_a_published_page(promotion, diane):
    project = make.published(promotion)
    describe_project(
        project, title="Nouveau nom", tagline="Neuf", body=[{"title": "A", "text": "B"}], by=diane, at=now()
    )
    page = PublicPage.objects.get()
    assert (page.title, page.tagline) == ("Nouveau nom", "Neuf")
    assert page.slug != "nouveau-nom"


def test_profiles_are_refined_between_decision_and_publication(promotion, badis):
    project = make.laureate(promotion, lead=badis)
    position = project.positions.order_by("rank")[0]
    words = {"expertise": "Cartes", "must_have": "Python", "nice_to_have": "", "by": badis, "at": now()}
    refine_position(position, seats=2, **words)
    with pytest.raises(SeatsOutOfRange):
        refine_position(position, seats=3, **words)
    position.refresh_from_db()
    assert (position.expertise, position.seats) == ("Cartes", 2)
    other = make.published(promotion).positions.first()
    with pytest.raises(IllegalMove):
        refine_position(other, **words)


def test_a_withdrawn_defi_leaves_the_catalogue_and_says_so_on_its_page(promotion, diane):
    project = make.published(promotion, title="Rivage")
    withdraw_project(project, by=diane, at=now())
    assert "Rivage" not in texts("/defis/")
    page = Client().get("/defis/rivage/")
    assert page.status_code == 200
    assert "Ce défi est retiré" in page.content.decode()


def test_same_titles_get_their_own_addresses(promotion):
    slugs = {make.past_page(promotion, "Rivage").slug for _ in range(3)}
    assert slugs == {"rivage", "rivage-2", "rivage-3"}


def found(query):
    page = Client().get(f"/defis/?{query}")
    assert page.status_code == 200
    return {item.title for item in page.context["page"]}


def test_search_ignores_accents_case_and_order(promotion):
    make.past_page(promotion, "Étiage", tagline="Voir venir la sécheresse", town="Orléans")
    make.past_page(promotion, "Brancard", body=[{"title": "Cœur", "text": "Un œuf à l’hôpital"}])
    assert found("q=etiage") == {"Étiage"}
    assert found("q=SECHERESSE+orleans") == {"Étiage"}
    assert found("q=hôpital") == found("q=hopital") == found("q=oeuf") == {"Brancard"}
    assert found("q=etiage+brancard") == set()
    assert found("q=%25") == set()


def test_filters_narrow_and_travel_in_the_address(promotion):
    make.past_page(promotion, "A", themes=["santé"], trades=["Design"], administration_kind="health")
    make.past_page(promotion, "B", themes=["mer"], trades=["Développement"], administration_kind="central")
    assert found("theme=Santé") == {"A"}
    assert found("metier=Développement") == {"B"}
    assert found("administration=health") == {"A"}
    assert found("promotion=eig-6") == {"A", "B"}
    assert found("promotion=eig-6&theme=Mer&q=b") == {"B"}


def test_a_wrong_filter_is_told_and_left_aside(promotion):
    make.past_page(promotion, "A")
    page = Client().get("/defis/?theme=inconnu&page=zéro&promotion[]=x")
    assert page.status_code == 200
    assert "Ce filtre n’existe pas" in page.content.decode()
    assert {item.title for item in page.context["page"]} == {"A"}


def test_the_catalogue_counts_aloud_and_turns_pages(promotion):
    for number in range(15):
        make.past_page(promotion, f"Défi {number:02}")
    page = Client().get("/defis/")
    assert "15\u00a0défis" in page.content.decode()
    assert 'data-say="15\u00a0défis"' in page.content.decode()
    assert len(page.context["page"].object_list) == 12
    assert len(Client().get("/defis/?page=2").context["page"].object_list) == 3


def test_two_clicks_on_the_brochure_make_one_print(promotion, diane):
    make.past_page(promotion, "A")
    assert ask_brochure(promotion, by=diane, at=now()) == ask_brochure(promotion, by=diane, at=now())


def test_the_brochure_is_made_by_the_workshop_then_offered(promotion, diane):
    for number in range(3):
        make.published(promotion, public_title=f"Défi {number}")
    Print.objects.all().delete()
    ask_brochure(promotion, by=diane, at=now())
    assert Client().get("/defis/promotions/eig-6/brochure/").status_code == 404
    assert print_next()
    document = ready_document("projects.brochure", promotion.pk)
    answer = Client().get("/defis/promotions/eig-6/brochure/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert document.name == "defis-eig-6.pdf"
    assert "/defis/promotions/eig-6/brochure/" in texts("/defis/")


def test_the_brochure_is_made_again_when_a_defi_is_withdrawn(promotion, diane):
    project = make.published(promotion)
    make.published(promotion)
    Print.objects.all().delete()
    ask_brochure(promotion, by=diane, at=now())
    assert print_next()
    withdraw_project(project, by=diane, at=now())
    assert Print.objects.filter(kind="projects.brochure", status="queued").count() == 1


def test_from_the_reveal_on_a_project_has_one_name(promotion, badis, diane):
    """That of its public page; its leads and the team read the dossier's in brackets."""
    project = make.described(promotion, lead=badis, title="Rivage 2027", public_title="Rivage")
    assert (project.title, project.filed_title) == ("Rivage 2027", "")
    publish_project(project, by=diane, at=timezone.now())
    assert (project.title, project.filed_title) == ("Rivage", "Rivage 2027")
    seen = signed_in(badis).get(reverse("projects:project_detail", args=[project.code])).content.decode()
    assert "(dossier « Rivage 2027 »)" in seen
    assert [card.title for card in space_of(badis).under_way] == ["Projet : Rivage"]
    words = {"tagline": "Neuf", "body": [{"title": "A", "text": "B"}], "by": diane, "at": timezone.now()}
    describe_project(project, title="Rivages", **words)
    project.refresh_from_db()
    assert project.title == project.public_page.title == "Rivages"
