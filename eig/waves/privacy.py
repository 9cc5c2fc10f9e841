"""Waves hold words of the team; people appear only as those who prepared and validated."""

from eig.personal import Record, Register
from eig.waves.models import Wave

REGISTER = Register(records=(Record(Wave, kept="prepared_by validated_by", plain="title"),))
