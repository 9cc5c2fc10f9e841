"""Step 1 through the browser only: from the public call to the public défi."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from eig.documents.tasks import print_waiting
from eig.evaluation.choices import Stage
from eig.juries.actions import appoint_reader
from eig.mail.models import Message
from projects.models import Project, Review
from tests.factories.projects import MARKS, answers, contact
from tests.people import phase, signed_in
from tests.signing import agree_on_screen, sign_on_screen


def fill(browser: Client, path: str, given: dict[str, Any]) -> str:
    """Fill one section as a person does, field by field; returns where it leads."""
    page = browser.get(path)
    form = page.context["form"]
    data: dict[str, Any] = {"version": page.context["version"], "then": "next"}
    for group in form.groups:
        if group.kind == "rows":
            data[f"{group.question.code}__rows"] = len(group.rows)
    for name in form.fields:
        code, *parts = name.split("__")
        value = given.get(code, "")
        for part in parts:
            if isinstance(value, list):
                value = value[int(part)] if int(part) < len(value) else ""
            elif isinstance(value, dict):
                value = value.get(part, "")
        if value not in ("", None, False):
            data[name] = "on" if value is True else value
    answer = browser.post(path, data)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


@pytest.fixture
def cast(promotion, badis, claire, diane, denis, emile):
    appoint_reader(claire, promotion=promotion, stage=Stage.PROJECT_READING, by=diane, at=timezone.now())
    return {
        "lead": signed_in(badis),
        "reader": signed_in(claire),
        "diane": signed_in(diane),
        "denis": signed_in(denis),
        "stranger": signed_in(emile),
        "visitor": Client(),
    }


def test_a_project_goes_from_the_call_to_the_catalogue(promotion, cast, badis):
    visitor, lead, reader = cast["visitor"], cast["lead"], cast["reader"]
    diane, denis = cast["diane"], cast["denis"]
    phase(promotion, "reveal", opens=timezone.now() + timedelta(days=1))

    # The call is public; proposing asks who you are.
    call = visitor.get("/eig-6/appel-a-projets/").content.decode()
    for words in ("Pertinence du besoin", "20\u202f000\u00a0€", "Questions fréquentes", "Proposer un projet"):
        assert words in call
    assert visitor.get("/eig-6/appel-a-projets/commencer/").url.startswith("/compte/")

    # Badis begins, and is led through the twelve sections.
    started = lead.post("/eig-6/appel-a-projets/commencer/", {"title": "Rivage"})
    home = started.url
    assert "Reprendre mon brouillon" in lead.get("/eig-6/appel-a-projets/").content.decode()
    again = lead.post("/eig-6/appel-a-projets/commencer/", {"title": "rivage"})
    assert "Vous avez déjà un brouillon sous ce nom" in again.content.decode()
    review = lead.get(f"{home}relire/").content.decode()
    assert "#id_mission" in review
    path = f"{home}rubriques/administration/"
    given = answers("Rivage", lead=contact("Badis"))
    for _ in range(12):
        path = fill(lead, path, given)
    assert path == f"{home}relire/"
    ready = lead.get(path).content.decode()
    assert "Votre dossier est complet" in ready

    # Four colleagues approve their section, each by a link: then only is it handed in.
    assert "Il reste des visas à obtenir" in ready
    assert "Il manque les visas" in lead.post(f"{home}deposer/", follow=True).content.decode()
    for kind in ("sponsor", "hr", "it", "budget"):
        email = f"{kind}@administration.example"
        given = {"kind": kind, f"{kind}-name": "Chef de bureau", f"{kind}-email": email}
        lead.post(f"{home}visas/demander/", given)
        link = re.search(r"/visas/\S+/", Message.objects.get(to_email=email).body)[0]
        section = visitor.get(link)
        visitor.post(link, {"answer": "give", "digest": section.context["digest"]})
    assert "4 sur 4" in lead.get(f"{home}visas/").content.decode()

    # He hands it in, twice by mistake, and receives one receipt.
    receipt = lead.post(f"{home}deposer/", follow=True).content.decode()
    lead.post(f"{home}deposer/")
    assert "EIG-6-P-0001" in receipt
    assert "en préparation" in receipt
    assert Message.objects.filter(kind="projects/project_received").count() == 1
    print_waiting()
    pdf = lead.get(f"{home}recepisse/pdf/")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    assert cast["stranger"].get(home).status_code == 404

    # The team finds it eligible and hands it to Claire, who declares, marks and signs.
    project = Project.objects.get()
    desk = f"/pilotage/eig-6/projets/{project.code}/"
    diane.post(f"{desk}recevoir/")
    shown = diane.get("/pilotage/eig-6/projets/lectures/apercu/").content.decode()
    digest = re.search(r'name="digest" value="(\w+)"', shown)[1]
    diane.post("/pilotage/eig-6/projets/lectures/distribuer/", {"digest": digest})
    sheet = Review.objects.get().sheet
    reading = f"/lectures/projets/{sheet.code}/"
    assert "Rivage" in reader.get("/lectures/projets/").content.decode()
    reader.post(f"{reading}conflit/", {"answer": "none"})
    marks = {f"mark_{code}": str(mark) for code, mark in MARKS.items()}
    sign_on_screen(reader, "projects", sheet.code, {**marks, "comment": "Solide.", "verdict": "favourable"})
    assert "3,80" in diane.get(desk).content.decode()

    # Diane prepares the wave, Denis validates it, it is published.
    soon = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    wave = diane.post("/pilotage/eig-6/projets/vagues/", {"title": "Avril", "publishes_at": soon}).url
    diane.post(f"{wave}{project.code}/", {"outcome": "laureate", "reason": "Le besoin est réel."})
    agree_on_screen(denis, f"{wave}valider/")
    assert "Le besoin est réel" not in lead.get(home).content.decode()
    denis.post(f"{wave}publier/")
    assert "Le besoin est réel" in lead.get(home).content.decode()
    told = Message.objects.get(kind="projects/project_laureate")
    assert told.to_person == badis

    # Badis refines a profile and writes the page; nothing is public yet.
    position = project.positions.order_by("rank")[0]
    profile = {"trade": "developpement", "expertise": "Cartes web", "must_have": "Python", "seats": "2"}
    lead.post(f"{home}profils/{position.code}/", profile)
    proposal = position.proposals.get()
    assert "Cartes web" in diane.get(desk).content.decode()
    diane.post(f"{desk}profils/{proposal.code}/", {"deed": "accept"})
    words = {
        "title": "Rivage",
        "tagline": "La côte, vue ensemble",
        "administration_name": "Office du littoral",
        "town": "Rochefort",
        "themes": "mer, données",
        "body-TOTAL_FORMS": "1",
        "body-INITIAL_FORMS": "1",
        "body-0-title": "Le problème",
        "body-0-text": "La côte recule.",
    }
    assert "La côte recule." in lead.post(f"{home}defi/", words, follow=True).content.decode()
    assert "Rivage" not in visitor.get("/defis/").content.decode()
    early = diane.post("/pilotage/eig-6/projets/publication/publier/", follow=True).content.decode()
    assert "ouvre le" in early
    assert visitor.get("/defis/rivage/").status_code == 404

    # At the reveal it is: catalogue, page, brochure.
    phase(promotion, "reveal", opens=timezone.now() - timedelta(minutes=1))
    diane.post("/pilotage/eig-6/projets/publication/publier/")
    assert "Rivage" in visitor.get("/defis/?q=COTE&theme=Mer").content.decode()
    public = visitor.get("/defis/rivage/").content.decode()
    for text in ("La côte recule.", "Cartes web", "Rochefort"):
        assert text in public
    diane.post("/pilotage/eig-6/projets/publication/brochure/")
    watched = diane.get("/pilotage/eig-6/projets/publication/avancement/").content.decode()
    assert "En attente" in watched
    print_waiting()
    done = diane.get("/pilotage/eig-6/projets/publication/avancement/").content.decode()
    assert "hx-trigger" not in done
    brochure = visitor.get("/defis/promotions/eig-6/brochure/")
    assert b"".join(brochure.streaming_content).startswith(b"%PDF-")
