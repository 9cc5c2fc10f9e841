"""The second person: rereads every decision of a wave, odd or not, and agrees."""

from datetime import datetime

from eig.accounts.models import User
from eig.waves.actions import validate_wave
from eig.waves.kinds import kind_of
from eig.waves.models import Wave


def agree(wave: Wave, *, by: User, at: datetime) -> None:
    """Validate a wave, each of its decisions reread."""
    validate_wave(wave, by=by, at=at, read=[item.target.pk for item in kind_of(wave).decisions(wave)])
