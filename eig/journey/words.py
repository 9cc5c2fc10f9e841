"""Journal verbs in French, and the states that a move goes between."""

from django.apps import apps

from eig.journal.models import Entry

VERBS = {
    "create_promotion": "crée la promotion",
    "appoint_reader": "désigne comme lecteur ou lectrice",
    "recuse": "enregistre un déport",
    "retry": "renvoie le courriel",
    "extend_phase": "prolonge la phase",
    "close_phase": "clôt la phase",
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
