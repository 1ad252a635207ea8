"""Values of what follows a passed sign-off: the dossier, the way up, the reply, publication."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LetterKind(models.TextChoices):
    """A dated letter or notice on the way from the common statement to the text in force."""

    FORWARDING = "forwarding", _("Examined and forwarded")
    SUBMISSION = "submission", _("Joint request for approval")
    COMPLETION_ASKED = "completion_asked", _("Notice to complete")
    COMPLETION = "completion", _("Completed documents")
    REPLY = "reply", pgettext_lazy("approval", "Reply")
    PUBLICATION = "publication", pgettext_lazy("approval", "Publication")
    FILING = "filing", _("Filed for the record")


class ReplyOutcome(models.TextChoices):
    APPROVED = "approved", _("Approved")
    WITH_CONDITIONS = "with_conditions", _("Approved with conditions")
    RETURNED = "returned", _("Returned")


class TakenUp(models.TextChoices):
    """How far the text has come with one condition of the reply."""

    NOT_YET = "not_yet", _("Not taken up yet")
    IN_DRAFT = "in_draft", _("Taken up in the working draft")
    IN_TEXT = "in_text", _("In the approved text")
