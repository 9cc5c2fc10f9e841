"""What the lists keep of the team: the views one names, the deeds one asks for."""

from eig.listing.models import BulkDeed, SavedView
from eig.personal import PERSON, Record, Register

REGISTER = Register(
    records=(
        Record(
            model=SavedView,
            subject=PERSON,
            path="owner",
            kept=("owner", "name", "query"),
            plain=("listing",),
            gone=True,
        ),
        Record(model=BulkDeed, kept=("asked_by",), plain=("given", "listing", "kind")),
    ),
)
