"""Export: what was written to people, what was done."""

from eig.listing.documents import export_list
from journey.queries.listing import JOURNAL, MAILS

export_list(MAILS)
export_list(JOURNAL)
