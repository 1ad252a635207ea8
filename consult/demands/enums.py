from django.db import models
from django.utils.translation import pgettext_lazy

# States of a demand that no sorting names.
WORKING, UNSORTED = "working", "unsorted"


class SortedAs(models.TextChoices):
    """Where a listed demand went."""

    ITEMS = "items", pgettext_lazy("demand", "Into the text")
    MATTER = "matter", pgettext_lazy("demand", "To a matter")
    NOT_HERE = "not_here", pgettext_lazy("demand", "Not in this plan")


class SortingReply(models.TextChoices):
    """What the party says to how its demand was sorted."""

    ACCEPTED = "accepted", pgettext_lazy("demand", "Accepted")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("demand", "Not accepted")
