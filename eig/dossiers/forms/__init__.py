"""One Django form per section, built from its questions."""

from eig.dossiers.forms.section import Group, SectionForm

__all__ = ["Group", "SectionForm"]
