from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Answer(models.TextChoices):
    """What an invited jurisdiction may say."""

    ACCEPT = "accept", _("Accept")
    ACCEPT_CONDITIONS = "accept_conditions", _("Accept with conditions")
    OTHER_ROLE = "other_role", _("Ask for another role")
    DECLINE = "decline", _("Decline")


ACCEPTING = frozenset({Answer.ACCEPT.value, Answer.ACCEPT_CONDITIONS.value})


class InvitationState(models.TextChoices):
    """Where an invitation stands. Computed from answer, deadline and later invitations."""

    OPEN = "open", _("Awaiting an answer")
    ACCEPTED = "accepted", _("Accepted")
    CONDITIONS = "conditions", _("Accepted with conditions")
    OTHER_ROLE = "other_role", _("Asks for another role")
    DECLINED = "declined", _("Declined")
    UNCONFIRMED = "unconfirmed", _("Answered; the mandate awaits confirmation")
    LAPSED = "lapsed", _("Lapsed without an answer")
    REPLACED = "replaced", _("Replaced by a later invitation")


STATE_OF_ANSWER = {
    Answer.ACCEPT.value: InvitationState.ACCEPTED,
    Answer.ACCEPT_CONDITIONS.value: InvitationState.CONDITIONS,
    Answer.OTHER_ROLE.value: InvitationState.OTHER_ROLE,
    Answer.DECLINE.value: InvitationState.DECLINED,
}


class ItemClass(models.TextChoices):
    """The classes of items for which a charter has a rule each."""

    BINDING = "binding", _("Binding provisions")
    GUIDING = "guiding", _("Guiding provisions")
    INDICATOR = "indicator", _("Indicators")
    MAP = "map", _("Map features")


# Classes a charter from before them does without: their items follow the rule of their strength.
LATER_CLASSES = frozenset({ItemClass.MAP.value})


class RequirementKind(models.TextChoices):
    """What a rule is composed of, by the names of the consensus rules."""

    NO_BLOCK = "no_block", _("No objection with a reason")
    MIN_SHARE = "min_share", _("A share at least")
    MAX_SHARE = "max_share", _("A share at most")
    MIN_COUNT = "min_count", _("A number of parties at least")
    MAX_COUNT = "max_count", _("A number of parties at most")
    QUORUM = "quorum", _("A share that takes part (quorum)")
    NO_VETO = "no_veto", _("No veto of named parties")
    ANY = "any", _("One of the following (group)")
    ALL = "all", _("All of the following (group)")


GROUPS = frozenset({RequirementKind.ANY.value, RequirementKind.ALL.value})


class Preset(models.TextChoices):
    """Rules of known bodies to start from."""

    UNANIMITY = "unanimity", _("Unanimity of the parties concerned")
    TWO_THIRDS = "two_thirds", _("Two thirds, no blocking objection")
    CONSENT = "consent", _("Consent: no blocking objection, half take part")
    ISO = "iso", _("ISO: two thirds in favour, at most a quarter against")
    DOUBLE_MAJORITY = "double_majority", _("Double majority of parties and population")
    VETOES = "vetoes", _("Nine agreements, with vetoes")
    SILENCE = "silence", _("Silence procedure (not for binding text)")


class SilenceInRule(models.TextChoices):
    """What a party is taken to hold that says nothing until the close, by class of items."""

    NONE = "none", _("Nothing: it has not spoken")
    AGREE = "agree", pgettext_lazy("silence", "Agreement")
    ABSTAIN = "abstain", _("No position")
    RECUSED = "recused", _("Recused: it is left out of the count")


class Stance(models.TextChoices):
    """What a co-maker does in a case on which a rule is tried."""

    AGREE = "agree", _("Agrees")
    IN_PRINCIPLE = "in_principle", _("Agrees in principle, conditions still open")
    IN_PRINCIPLE_MET = "in_principle_met", _("Agrees in principle, conditions met and confirmed")
    RESERVED = "agree_reserved", _("Agrees with a reservation")
    ABSTAIN = "abstain", _("Takes no position for now")
    OBJECT = "object", _("Objects, with reason and wording")
    OBJECT_BARE = "object_bare", _("Objects without a reason or wording")
    SILENT = "silent", _("Says nothing")
    RECUSED = "recused", _("Is recused")
    NOT_CONCERNED = "not_concerned", _("Is not concerned")


class Competence(models.TextChoices):
    """What the position of a party below an item's competence (事权) does."""

    SUPPORT = "support", _("Shown as support, not counted")
    COUNTS = "counts", _("Counts: the joint text is signed by every party it concerns")


class RenewingHeading(models.TextChoices):
    """Headings of a revision, by their names in its manifest, whose change can renew all consent."""

    TITLE = "title", _("Title of the plan")
    HORIZON = "horizon", _("Horizon")
    LANGUAGE = "authentic_language", _("Authentic language")
    CHARTER = "charter", _("Charter in force")
    CHAPTERS = "headings", _("Chapters")
    ATTACHMENTS = "attachments", _("Attachments and base map")


class LeaverInBallots(models.TextChoices):
    """What becomes of a leaving party in ballots that are open."""

    COUNTS = "counts", _("Counts in them until they end")
    LEAVES = "leaves", _("Leaves them with the end of its notice")


class SilenceInRound(models.TextChoices):
    NO_OPINION = "no_opinion", _("Counts as no comment")
    OWED = "owed", _("An answer stays owed")


class SilenceInSignOff(models.TextChoices):
    """For guiding provisions and indicators; silence never binds on binding text."""

    NONE = "none", _("Never counts as consent")
    AGREE = "agree", _("Counts as consent, except for binding provisions")


class LadderLevel(models.TextChoices):
    WORKING = "working", _("Working level")
    DEPARTMENT = "department", _("Department level")
    GOVERNMENT = "government", _("Government level")


class Override(models.TextChoices):
    NONE = "none", _("None")
    GUIDING = "guiding", _("For guiding provisions only, by two persons with a reason")


class TwoPersonAct(models.TextChoices):
    PUBLISH = "revision.publish", _("Publishing a revision")
    CLOSE = "sign_off.close", _("Closing the sign-off")
    OVERRIDE = "sign_off.override", _("Override")
    POSITION = "position.take", _("Taking a position in the sign-off")


class BaseState(models.TextChoices):
    """Where the agreement on base map and base figures (底图底数) stands."""

    EMPTY = "empty", _("No base map or base figures are attached")
    NOT_PUT = "not_put", _("The base map and base figures are not agreed yet")
    OPEN = "open", _("The ballot on the base map and base figures is open")
    REFUSED = "refused", _("The parties did not agree on the base map and base figures")
    AGREED = "agreed", _("The base map and base figures are agreed")
    CHANGED = "changed", _("The base map or base figures were changed since they were agreed")
