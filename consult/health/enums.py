from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CheckKind(models.TextChoices):
    YEARLY = "yearly", _("Yearly health check")
    EVALUATION = "evaluation", _("Five-year evaluation")


class ReviewDecision(models.TextChoices):
    """What becomes of a reservation that is looked at again."""

    LIFTED = "lifted", pgettext_lazy("reservation", "Lifted")
    KEPT = "kept", pgettext_lazy("reservation", "Kept")


class CheckStage(models.TextChoices):
    """Where a check stands: computed, never stored."""

    FILLING = "filling", pgettext_lazy("health check", "Being filled in")
    READY = "ready", pgettext_lazy("health check", "All parts are in")
    PUT_FORWARD = "put_forward", pgettext_lazy("health check", "Put to the parties")
    OUTDATED = "outdated", pgettext_lazy("health check", "Changed after it was put forward")
    NOT_PASSED = "not_passed", pgettext_lazy("health check", "Not agreed")
    SIGNED = "signed", pgettext_lazy("health check", "Agreed by the parties")
    PUBLISHED = "published", pgettext_lazy("health check", "Published")


class Comparison(models.TextChoices):
    """What two readings of one border item say of each other."""

    OPEN = "open", pgettext_lazy("border item", "Not stated by both")
    AGREES = "agrees", pgettext_lazy("border item", "Agrees")
    DIFFERS = "differs", pgettext_lazy("border item", "Differs")
