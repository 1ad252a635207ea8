from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.register.enums import Strength


class Direction(models.TextChoices):
    UP = "up", _("Not below the target")
    DOWN = "down", _("Not above the target")


class Aggregation(models.TextChoices):
    SUM = "sum", _("Sum")
    WEIGHTED_MEAN = "weighted_mean", _("Weighted mean")
    WORST = "worst", _("Worst value")


INDICATOR_STRENGTHS = (Strength.BINDING, Strength.ANTICIPATORY)
