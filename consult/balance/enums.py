from django.db import models
from django.utils.translation import pgettext_lazy


class AgreementState(models.TextChoices):
    """How far a transfer or a compensation is: what both parties said of it."""

    PROPOSED = "proposed", pgettext_lazy("agreement", "Waits for confirmation")
    IN_FORCE = "in_force", pgettext_lazy("agreement", "Confirmed by both")
    REFUSED = "refused", pgettext_lazy("agreement", "Refused")
    OVERTAKEN = "overtaken", pgettext_lazy("agreement", "Overtaken by a newer wording")


class YearState(models.TextChoices):
    """How the settlement of one year stands."""

    OPEN = "open", pgettext_lazy("settlement", "Not settled")
    STATED = "stated", pgettext_lazy("settlement", "Stated as paid, not confirmed yet")
    REFUSED = "refused", pgettext_lazy("settlement", "Not received, says the payee")
    PART = "part", pgettext_lazy("settlement", "Paid in part")
    SETTLED = "settled", pgettext_lazy("settlement", "Settled")


class Money(models.TextChoices):
    """What is settled: the price of a transfer, or a year of a compensation."""

    TRANSFER = "transfer", pgettext_lazy("settlement", "Price of a quota transfer")
    COMPENSATION = "compensation", pgettext_lazy("settlement", "Compensation")
