"""A promotion as data: identity, rules, calendar, trades, forms, grids and public texts, from TOML files.

`load_promotion("eig6")` reads one folder of this package, checks it whole and returns frozen records.
Plain Python: nothing here knows the database.
"""

from eig.promotions.catalogue.reading import load_promotion
from eig.promotions.catalogue.records import (
    Catalogue,
    CatalogueError,
    Criterion,
    Form,
    Grid,
    Page,
    Question,
    Trade,
)
