from django.db import models


class OrderStatus(models.TextChoices):
    """Whether a second person did what a first one asked for.

    asked: it waits for another person of the team.
    done: another person did it.
    refused: somebody gave it up, perhaps whoever asked.
    expired: nobody confirmed it in time.
    """

    ASKED = "asked", "à confirmer"
    DONE = "done", "fait"
    REFUSED = "refused", "abandonné"
    EXPIRED = "expired", "expiré"
