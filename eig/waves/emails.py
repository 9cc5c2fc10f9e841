"""Tell: to the two people who agreed on a wave, that a third one changed its hour or its name."""

from datetime import datetime

from eig.accounts.models import User
from eig.mail.outbox import post_each
from eig.waves.kinds import page_of
from eig.waves.models import Wave


def wave_moved(wave: Wave, *, title_before: str, before: datetime, by: User, at: datetime) -> None:
    """To whoever prepared it and whoever validated it, but for the person who moves it."""
    people = {person.pk: person for person in (wave.prepared_by, wave.validated_by) if person is not None}
    people.pop(by.pk, None)
    context = {
        "wave": wave,
        "promotion": wave.promotion,
        "title_before": title_before,
        "before": before,
        "by": by,
        "path": page_of(wave),
    }
    key, promotion_id = f"wave-moved:{wave.pk}:{at.isoformat()}", wave.promotion_id
    post_each("waves/wave_moved", people.values(), key=key, at=at, promotion_id=promotion_id, **context)
