"""A promotion as data: identity, rules, calendar, trades, forms, grids and public texts, from TOML files.

`load_promotion("eig6")` reads one folder of this package, checks it whole and returns frozen records.
Plain Python: nothing here knows the database.
"""

from eig.promotions.catalogue.reading import available_promotions, load_promotion
from eig.promotions.catalogue.records import (
    Catalogue,
    CatalogueError,
    Criterion,
    Example,
    ExampleCandidate,
    Extension,
    Form,
    Grid,
    Milestone,
    Option,
    Page,
    PageSection,
    Phase,
    Question,
    QuestionAnswer,
    Reminder,
    RequiredIf,
    Rules,
    Section,
    Step,
    Trade,
    Visa,
)

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Criterion",
    "Example",
    "ExampleCandidate",
    "Extension",
    "Form",
    "Grid",
    "Milestone",
    "Option",
    "Page",
    "PageSection",
    "Phase",
    "Question",
    "QuestionAnswer",
    "Reminder",
    "RequiredIf",
    "Rules",
    "Section",
    "Step",
    "Trade",
    "Visa",
    "available_promotions",
    "load_promotion",
]
