"""What the programme decides about projects with paper and pencil."""

from projects.rules.seats import seats_refusal
from projects.rules.slug import free_slug, slug_of
from projects.rules.text import paragraphs, squeezed, tidy_themes
from projects.rules.words import NEXT, NOW, kind_of
