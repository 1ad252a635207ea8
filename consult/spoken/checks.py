"""What an entered act has to say: whatever the act itself would refuse when it is confirmed."""

from django.utils.translation import gettext_lazy as _

from consult.ballots.conduct import check_value
from consult.ballots.enums import FLAGS
from consult.matters.enums import StandValue
from consult.phase1_organization.checks import check_reply
from consult.phase2_preparation.checks import written_remarks
from consult.phase3_identification.checks import checked_stands, rows_of
from consult.phase3_identification.queries import frozen_of
from consult.spoken import content
from consult.spoken.content import Said
from consult.spoken.enums import ActKind
from consult.spoken.subjects import Subject
from plans.register.queries import entries_of
from stakeholders.terms.errors import Conflict, Invalid


def check_said(about: Subject, code: str, said: Said) -> None:
    """Refuse (Invalid) what the act itself would refuse when it is confirmed."""
    if about.kind == ActKind.ANSWER:
        check_reply(content.answer_in(said), invitation=about.row)
    elif about.kind == ActKind.REPLY:
        remarks = content.remarks_in(said)
        if bool(said.get("is_nil")) == bool(remarks):
            raise Invalid({"": _("Either there are comments, or the answer is “no comments”.")})
        written_remarks(remarks, list(entries_of(about.row.revision)))
    elif about.kind == ActKind.STAND:
        value, words = content.stand_in(said)
        if value not in StandValue.values:
            raise Invalid({"value": _("Choose one of the values.")})
        if not words:
            text = _("Say it in words: the others must be able to answer.")
            raise Invalid({"text_zh": text})
    elif about.kind == ActKind.CHARTER:
        general = content.general_in(said)
        check_value(general.value)
        if FLAGS[general.value].get("needs_text") and not general.text:
            raise Invalid({"text": _("An objection needs its reason.")})
    else:
        _check_position(about, code, said)


def _check_position(about: Subject, code: str, said: Said) -> None:
    general, exceptions = content.general_in(said), content.exceptions_in(said)
    if not {s.value for s in (general, *exceptions)} <= FLAGS.keys():
        raise Invalid({"value": _("Choose one of the values.")})
    revision = frozen_of(about.plan)
    if said.get("revision") != revision.hash:
        raise Conflict(_("The text has changed since you opened this page: read it again."))
    checked_stands(rows_of(about.row, revision, code=code), general, exceptions)
