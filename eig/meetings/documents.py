"""Export: webinars, advice slots and who comes."""

from eig.listing.documents import export_list
from eig.meetings.queries.listing import ADVICE, WEBINARS

export_list(WEBINARS)
export_list(ADVICE)
