"""Journal verbs in French, and the states that a move goes between."""

from django.apps import apps

from eig.journal.models import Entry

VERBS = {
    "erase": "efface des données arrivées à leur terme, ou sur demande",
    "correct_name": "corrige son nom",
    "set_retention": "change une durée de conservation",
    "hand_over_project": "transmet le projet",
    "create_promotion": "crée la promotion",
    "appoint_reader": "désigne comme lecteur ou lectrice",
    "recuse": "enregistre un déport",
    "retry": "renvoie le courriel",
    "extend_phase": "prolonge la phase",
    "close_phase": "clôt la phase",
    # Step 1
    "start_project": "commence le dossier",
    "invite_editor": "invite à écrire le projet",
    "revoke_editor_invitation": "annule une invitation à écrire",
    "add_editor": "rejoint l’écriture du projet",
    "remove_editor": "retire une personne de l’écriture",
    "assign_reader": "confie la lecture",
    "declare_no_conflict": "déclare n’avoir aucun conflit d’intérêts",
    "prepare_wave": "prépare la vague",
    "propose_decision": "propose une décision",
    "retract_decision": "retire une proposition de décision",
    "refine_position": "précise un profil",
    "describe_project": "écrit la page du défi",
    "add_past_page": "ajoute la page d’un défi passé",
    "seal": "dépose le dossier",
    # Step 2
    "start_application": "commence la candidature",
    "add_attachment": "joint un fichier",
    "remove_attachment": "retire un fichier",
    # Step 3
    "invite_to_rank": "invite à exprimer les vœux",
    "rank": "change l’ordre des vœux",
    "accept_other_project": "dit si un autre projet conviendrait",
    "drop_wish": "retire des vœux un projet retiré",
    "snapshot_rankings": "fige les listes certifiées",
    # Step 4
    "appoint_juror": "nomme au jury",
    "create_panel": "crée le jury",
    "change_panel": "change le nom, la salle ou le lien",
    "remove_panel": "supprime le jury",
    "seat_juror": "fait siéger une personne",
    "unseat_juror": "retire une personne du jury",
    "name_referent": "nomme le référent ou la référente",
    "create_slots": "découpe les créneaux",
    "clear_slots": "retire les créneaux libres",
    "plan_audition": "prévoit l’audition",
    "publish_timetable": "annonce les horaires",
    "state_needs": "précise les aménagements souhaités",
    # Step 5
    "commit_draw": "scelle le tirage",
    "reveal_draw": "révèle le tirage",
    "create_scenario": "crée le scénario",
    "add_directive": "ajoute une consigne",
    "remove_directive": "retire une consigne",
    "replay_scenario": "recalcule le scénario",
    "create_team": "crée l’équipe",
    "send_offer": "envoie la proposition",
    # Step 6
    "welcome_member": "ouvre la mission",
    "file_bulletin": "remplit le bulletin",
    "correct_bulletin": "corrige le bulletin",
    "add_companion": "ajoute une personne auprès de l’équipe",
    "remove_companion": "retire une personne d’auprès de l’équipe",
    "join_directory": "s’inscrit dans l’annuaire",
    "leave_directory": "quitte l’annuaire",
}


def _state(record_type: str, value: str) -> str:
    """The French label of a state; its code when the field has no choices any more."""
    try:
        choices = apps.get_model(record_type)._meta.get_field("status").choices
    except LookupError:
        return value
    return str(dict(choices or ()).get(value, value)).lower()


def words_of(entry: Entry) -> str:
    if entry.verb == "move":
        before, after = entry.data.get("before", ""), entry.data.get("after", "")
        return f"passe de « {_state(entry.record_type, before)} » à « {_state(entry.record_type, after)} »"
    return VERBS.get(entry.verb, entry.verb.replace("_", " "))
