"""What the lists keep of the team: the views one names, the deeds one asks for."""

from eig.listing.models import BulkDeed, SavedView
from eig.personal import PERSON, Record, Register

RECORDS = (
    Record(SavedView, PERSON, "owner", kept="owner name query", plain="listing", gone=True),
    Record(BulkDeed, kept="asked_by", plain="given listing kind"),
)  # fmt: skip

REGISTER = Register(records=RECORDS)
