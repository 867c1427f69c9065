"""How sure a recorded day is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Certainty(models.TextChoices):
    """Whether the source gives the day, or whether it still needs to be checked there."""

    CONFIRMED = "confirmed", _("confirmed by its source")
    UNCONFIRMED = "unconfirmed", _("day not confirmed")
