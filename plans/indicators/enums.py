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


class PeriodKind(models.TextChoices):
    """How often it is read; an indicator that names none may be read by any of them."""

    YEAR = "year", _("Every year")
    QUARTER = "quarter", _("Every quarter")
    MONTH = "month", _("Every month")


class Guard(models.TextChoices):
    """What no share may undo. Red lines: function, area and character stay (docs/glossary)."""

    NO_REDUCTION = "no_reduction", _("No reduction in function, area, character")


INDICATOR_STRENGTHS = (Strength.BINDING, Strength.ANTICIPATORY)
