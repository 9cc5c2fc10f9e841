"""Journal verbs in French, and the states that a move goes between."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import DateTimeRangeField
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField

from eig.french import dates
from eig.journal.models import Entry

VERBS = {
    "emergency_look": "ouvre une fiche dans l’outil de secours",
    "emergency_mend": "modifie une fiche dans l’outil de secours",
    "erase": "efface des données arrivées à leur terme, ou sur demande",
    "correct_name": "corrige son nom",
    "add_address": "ajoute une adresse à son compte",
    "confirm_address": "confirme une adresse de son compte",
    "change_address": "change l’adresse de son compte",
    "remove_address": "retire une adresse de son compte",
    "change_password": "choisit un mot de passe",
    "add_factor": "ajoute un second facteur à son compte",
    "remove_factor": "retire un second facteur de son compte",
    "set_retention": "change une durée de conservation",
    "hand_over_project": "transmet le projet",
    "create_promotion": "crée la promotion",
    "appoint_reader": "désigne comme lecteur ou lectrice",
    "recuse": "enregistre un déport",
    "give_up": "abandonne après plusieurs essais",
    "retry": "renvoie le courriel",
    "extend_phase": "prolonge la phase",
    "close_phase": "clôt la phase",
    "ask_order": "demande un geste à deux",
    "ask_correction": "demande un complément ou une correction",
    "hold_webinar": "annonce un webinaire",
    "change_webinar": "modifie un webinaire",
    "register_for_webinar": "s’inscrit à un webinaire",
    "open_slots": "ouvre des créneaux de conseil",
    "book_advice": "réserve un rendez-vous de conseil",
    "move_booking": "déplace un rendez-vous de conseil",
    "note_booking": "note un rendez-vous de conseil",
    "ask_export": "demande un export",
    "write_export": "écrit un export",
    "cancel_export": "annule un export",
    "download_export": "télécharge un export",
    "purge_export": "efface le fichier d’un export",
    "prepare_bulk": "prépare un geste en nombre",
    "apply_bulk": "applique un geste en nombre",
    "amend_anchors": "reformule les repères d’une grille",
    # Step 1
    "start_project": "commence le dossier",
    "invite": "invite à prendre un rôle",
    "accept_invitation": "prend le rôle d’une invitation",
    "revoke_invitation": "annule une invitation",
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
    "confirm_wave": "relit et confirme une vague validée",
    "split_wave": "sépare la vague en deux",
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
    "ask_visa": "demande un visa",
    "write_opinion": "écrit l’avis d’un jury de projets",
    # Step 2
    "start_application": "commence la candidature",
    "add_attachment": "joint un fichier",
    "remove_attachment": "retire un fichier",
    "add_correction_file": "joint un fichier à une correction",
    "remove_correction_file": "retire un fichier d’une correction",
    "apply_plan": "retient une répartition des lectures",
    "open_calibration": "ouvre un calibrage",
    "cancel_calibration": "annule un calibrage",
    "mark_redaction": "masque ou montre un mot de la version sans nom",
    "unmark_redaction": "revient sur un mot masqué ou montré",
    "rule_on_duplicate": "tranche un doublon possible",
    "join_pool": "entre dans le vivier",
    "leave_pool": "quitte le vivier",
    "expire_from_pool": "sort du vivier, son accord étant arrivé à sa fin",
    "tell_pool": "prévient le vivier",
    # Step 3
    "invite_to_rank": "invite à exprimer les vœux",
    "rank": "change l’ordre des vœux",
    "accept_other_project": "dit si un autre projet conviendrait",
    "drop_wish": "retire des vœux un projet retiré",
    "snapshot_rankings": "fige les listes certifiées",
    "adjust_wishes": "ajuste ses vœux après la clôture",
    "announce_change": "signale un changement de défi",
    # Step 4
    "dismiss_juror": "retire une personne de la liste des jurés",
    "appoint_juror": "nomme au jury",
    "change_juror": "corrige la fiche d’un juré ou d’une jurée",
    "create_panel": "crée le jury",
    "change_panel": "change le nom, la salle ou les horaires",
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
    "keep_needs": "note les aménagements souhaités",
    "invite_to_choose": "invite à choisir un horaire",
    "move_own_audition": "choisit un autre horaire d’audition",
    "propose_audition": "propose une audition pour un autre projet",
    "send_day_pass": "envoie un accès pour la journée",
    "revoke_day_pass": "retire un accès pour la journée",
    "enter_by_code": "entre avec un code dans la salle du jour",
    "begin_passage": "commence un passage",
    "go_by_phone": "poursuit l’audition par téléphone",
    "freeze_minutes": "fige le procès-verbal",
    "sign_minutes": "signe le procès-verbal",
    "record_prevented": "note que quelqu’un n’a pu signer le procès-verbal",
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


def verb_words(verb: str) -> str:
    """What a verb does, whatever it is done to."""
    return "change l’état" if verb == "move" else VERBS.get(verb, verb.replace("_", " "))


def record_words(record_type: str) -> str:
    """« Candidature »; the type itself when it is no longer a model of ours."""
    try:
        words = str(apps.get_model(record_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return record_type
    return f"{words[:1].upper()}{words[1:]}"


def words_of(entry: Entry) -> str:
    if entry.verb == "move":
        before, after = entry.data.get("before", ""), entry.data.get("after", "")
        words = f"passe de « {_state(entry.record_type, before)} » à « {_state(entry.record_type, after)} »"
    else:
        words = verb_words(entry.verb)
    told = (_change(entry.record_type, name, *values) for name, values in _changed(entry))
    said = [each for each in told if each]
    return f"{words} ({' ; '.join(said)})" if said else words


def _changed(entry: Entry) -> Iterable[tuple[str, Sequence[Any]]]:
    """What it was and what it is, by column; nothing of the entries that only named the columns."""
    changed = entry.data.get("changed")
    return changed.items() if isinstance(changed, dict) else ()


def _change(record_type: str, name: str, was: Any, now: Any) -> str:
    """« nombre maximal : 10 → 12 »; only « jury » when its number would say nothing."""
    try:
        field = apps.get_model(record_type)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist):
        return ""
    label = str(getattr(field, "verbose_name", ""))
    if label == field.name.replace("_", " "):
        # Django's own: the column has no French name.
        label = ""
    if field.is_relation or isinstance(was, dict):
        return label
    if not label and not isinstance(field, DateTimeRangeField | DateField):
        return ""
    words = f"{_value(field, was)} → {_value(field, now)}"
    return f"{label} : {words}" if label else words


def _value(field: Any, value: Any) -> str:
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(field, DateTimeRangeField) and value and all(value):
        starts, ends = (datetime.fromisoformat(each) for each in value)
        return f"{dates.day(starts)}, {dates.hours(starts, ends)}"
    if isinstance(field, DateField) and value:
        moment = datetime.fromisoformat(value)
        return dates.instant(moment) if isinstance(field, DateTimeField) else dates.day(moment)
    if isinstance(value, list):
        return ", ".join(str(each) for each in value if each is not None)
    return "—" if value is None else str(value)
