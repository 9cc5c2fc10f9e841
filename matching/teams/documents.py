"""Export: the offers of the promotion."""

from eig.listing.documents import export_list
from matching.teams.queries.listing import OFFERS

export_list(OFFERS)
