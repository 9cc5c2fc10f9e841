"""Journal verbs in French, and the states that a move goes between."""

from django.apps import apps

from eig.journal.models import Entry

VERBS = {
    "emergency_look": "ouvre une fiche dans l’outil de secours",
    "emergency_mend": "modifie une fiche dans l’outil de secours",
    "erase": "efface des données arrivées à leur terme, ou sur demande",
    "correct_name": "corrige son nom",
    "set_retention": "change une durée de conservation",
    "hand_over_project": "transmet le projet",
    "create_promotion": "crée la promotion",
    "appoint_reader": "désigne comme lecteur ou lectrice",
    "recuse": "enregistre un déport",
    "give_up": "abandonne après plusieurs essais",
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
    "release_reading": "rend à la file une place qui n’a pas été ouverte",
    "take_back_reading": "reprend une lecture à faire",
    "change_reader": "change ce que lit une personne",
    "dismiss_reader": "retire une personne de la lecture",
    "declare_no_conflict": "déclare n’avoir aucun conflit d’intérêts",
    "prepare_wave": "prépare la vague",
    "move_wave": "change l’heure ou l’intitulé de la vague",
    "propose_decision": "propose une décision",
    "retract_decision": "retire une proposition de décision",
    "refine_position": "précise un profil",
    "propose_position": "propose une autre rédaction d’un profil",
    "check_eligibility": "vérifie la recevabilité",
    "ask_reading": "demande une lecture de plus",
    "appoint_project_juror": "nomme une personne dans les jurys de projets",
    "dismiss_project_juror": "retire une personne des jurys de projets",
    "change_project_juror": "corrige la fiche d’un membre des jurys de projets",
    "create_project_jury": "forme un jury de projets",
    "change_project_jury": "change la salle ou les horaires du jury",
    "remove_project_jury": "supprime un jury de projets",
    "seat_project_juror": "fait siéger une personne",
    "unseat_project_juror": "retire une personne du jury",
    "move_project_juror": "change une personne de jury",
    "place_hearing": "inscrit le projet devant un jury",
    "move_hearing": "change le passage du projet",
    "apply_hearing_plan": "retient un plan des jurys",
    "clear_hearing_plan": "efface les jurys que personne ne connaît",
    "announce_hearings": "prévient les projets et les jurys",
    "import_page": "importe la page d’un défi passé",
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
    "dismiss_juror": "retire une personne de la liste des jurés",
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
    "set_audition_rules": "fixe les règles des auditions",
    "add_half_days": "ajoute des demi-journées",
    "remove_half_day": "retire une demi-journée",
    "invite_to_sit": "demande ses disponibilités",
    "answer_again": "change sa réponse au jury",
    "set_availability": "note des disponibilités",
    "declare_tie": "déclare un lien avec un projet",
    "withdraw_tie": "retire un lien avec un projet",
    "retain_round": "retient un tour de répartition",
    "ask_plan": "demande un emploi du temps",
    "cancel_plan": "arrête un calcul",
    "lock_panel": "verrouille le jury",
    "unlock_panel": "déverrouille le jury",
    "lock_audition": "verrouille l’audition",
    "unlock_audition": "déverrouille l’audition",
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
