"""What an answer and a position on a charter have to say. Input shape, no rights."""

from django.utils.translation import gettext_lazy as _

from consult.phase1_organization.enums import Answer
from consult.phase1_organization.models import Invitation
from consult.phase1_organization.steps import Reply
from plans.register.enums import PartyRole
from stakeholders.terms.errors import Invalid


def check_reply(reply: Reply, *, invitation: Invitation) -> None:
    """Refuse (Invalid) an answer that does not say what it has to."""
    if reply.answer not in Answer.values:
        raise Invalid({"answer": _("Choose one of the values.")})
    if reply.answer == Answer.ACCEPT_CONDITIONS and not reply.text.strip():
        raise Invalid({"text": _("Write down the conditions.")})
    if reply.answer == Answer.OTHER_ROLE:
        offered = set(PartyRole.values) - {PartyRole.CONVENOR.value, invitation.role}
        if reply.role_asked not in offered:
            raise Invalid({"role_asked": _("Say which other role you ask for.")})
    elif reply.role_asked:
        raise Invalid({"role_asked": _("A role is asked for only with “Ask for another role”.")})
