"""The page of a list; the deeds on many of its rows."""

from eig.listing.views.page import list_page
