"""Waves hold words of the team; people appear only as those who prepared, wrote and validated."""

from eig.personal import Record, Register
from eig.waves.models import Wave, WaveAuthor

REGISTER = Register(
    records=(
        Record(Wave, kept="prepared_by validated_by", plain="title agreed"),
        Record(WaveAuthor, kept="person"),
    )
)
