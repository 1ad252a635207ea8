"""What notices are about: the one table of their kinds, and which of them nobody can mute.

A kind has legal effect where it opens, closes or binds something for a party (an invitation, a
sign-off, an override, a statement, a letter of the approval), where it asks to confirm what was
entered in one's name, or where it concerns who may act and sign in. Such notices are mailed at once
whatever a person prefers.
"""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A group of kinds that a person mutes together; `legal` kinds of it are told regardless."""

    key: str
    label: Promise
    about: Promise
    legal: frozenset[str] = field(default_factory=frozenset)
    other: frozenset[str] = field(default_factory=frozenset)

    @property
    def kinds(self) -> frozenset[str]:
        return self.legal | self.other

    @property
    def is_mutable(self) -> bool:
        """Whether anything of it can be muted at all."""
        return bool(self.other)


def _kinds(words: str) -> frozenset[str]:
    return frozenset(words.split())


TOPICS: tuple[Topic, ...] = (
    Topic(
        key="participation",
        label=_("Invitations and participation"),
        about=_("Who is invited, takes part, joins or leaves."),
        legal=_kinds(
            "invitation.send party.give_notice party.recall_notice party.leave plan.coordinator"
            " accession.open_ballot accession.close_ballot accession.close_without_result"
            " accession.recall_ballot accession.receipt"
        ),
        other=_kinds("invitation.answer invitation.count accession.take_position demands"),
    ),
    Topic(
        key="agreements",
        label=_("Charter and common base"),
        about=_("The working charter, the base map and the base figures put to the parties."),
        legal=_kinds(
            "charter.open_ballot charter.close_ballot charter.close_without_result"
            " charter.recall_ballot charter.receipt base.open_ballot base.close_ballot"
            " base.close_without_result base.recall_ballot base.receipt"
        ),
        other=_kinds("charter.propose charter.take_position base.take_position"),
    ),
    Topic(
        key="text",
        label=_("Text and projects"),
        about=_("Amendments, who works on what, new projects, published revisions, phases."),
        other=_kinds(
            "amendment amendment.proposed claim.made project.add revision.published"
            " phase.advanced phase.reopened"
            " change.open change.put_forward change.enforce change.withdraw"
        ),
    ),
    Topic(
        key="rounds",
        label=_("Rounds, opinions and experts"),
        about=_("Rounds of comments, opinions within your own unit, invited experts."),
        other=_kinds("round comment expert paper.waive"),
    ),
    Topic(
        key="dispositions",
        label=_("Dispositions of opinions"),
        about=_("What became of opinions, and advice on it."),
        other=_kinds("disposition advice"),
    ),
    Topic(
        key="matters",
        label=_("Matters for coordination"),
        about=_("What happens to matters your unit is concerned with."),
        other=_kinds("matter commitment.lapse"),
    ),
    Topic(
        key="sign_off",
        label=_("Sign-off and statement"),
        about=_("Opening and closing, positions, consent to renew, overrides, the statement."),
        legal=_kinds(
            "sign_off.open sign_off.recall sign_off.close sign_off.withdraw sign_off.adopt_part"
            " position.receipt position.stale position.asked"
            " override.prepare override.confirm override.refuse"
            " statement.sign statement.number"
        ),
        other=_kinds(
            "position.take position.prepare position.send_back position.return position.hand_up"
            " sign_off.prepare_close sign_off.refuse_close reservation.lift"
            " condition.report condition.confirm reopening.ask reopening.refuse"
        ),
    ),
    Topic(
        key="entered",
        label=_("Acts entered for you"),
        about=_("What the joint office entered in the name of your unit, to be confirmed."),
        legal=_kinds("spoken.enter"),
        other=_kinds("spoken.confirm spoken.refuse"),
    ),
    Topic(
        key="approval",
        label=_("Dossier and approval"),
        about=_("Letters on the way to the approval, the reply, and the papers handed up."),
        legal=_kinds(
            "approval.forwarding approval.submission approval.completion_asked"
            " approval.completion approval.reply approval.publication approval.filing"
            " approval.acknowledge"
        ),
        other=_kinds("dossier.arrange dossier.file"),
    ),
    Topic(
        key="implementation",
        label=_("Implementation"),
        about=_("Warnings of indicators and cases under way."),
        legal=_kinds(
            "case.open supervision.issue supervision.judge transfer.confirm compensation.confirm"
        ),
        other=_kinds(
            "warning.raise case breakdown.issue programme.issue task.change task.report"
            " task.strike_off supervision.reply transfer.propose compensation.propose"
            " settlement.state settlement.confirm"
        ),
    ),
    Topic(
        key="health",
        label=_("Health checks"),
        about=_("Checks that are opened, figures that differ, reports before the parties."),
        legal=_kinds(
            "check.open check.publish report.open_ballot report.receipt report.close_ballot"
            " report.close_without_result report.recall_ballot"
        ),
        other=_kinds("border.add border.differs finding.state report.take_position"),
    ),
    Topic(
        key="meetings",
        label=_("Joint meetings"),
        about=_("Calls, decisions and minutes of meetings, and the tasks that follow from them."),
        legal=_kinds(
            "meeting.call meeting.cancel minutes.put_forward minutes.lock resolution.assign"
            " decision.open_ballot decision.close_ballot decision.close_without_result"
            " decision.recall_ballot decision.receipt"
        ),
        other=_kinds(
            "attendance.answer minutes.comment minutes.reply minutes.confirm decision.take_position"
        ),
    ),
    Topic(
        key="deadlines",
        label=_("Deadlines and reminders"),
        about=_("What is due or overdue, and deadlines that moved."),
        other=_kinds("duty.reminder duty.escalation duty.nudge duty.moved duty.rest_day"),
    ),
    Topic(
        key="jobs",
        label=_("Long work"),
        about=_("Files and packages you asked for."),
        other=_kinds("job.done job.failed job.cancelled"),
    ),
    Topic(
        key="heads",
        label=_("Heads of the record"),
        about=_("The newest entry of a plan's record, told to every party as a witness."),
        other=_kinds("record.head"),
    ),
    Topic(
        key="account",
        label=_("Account and mandates"),
        about=_("Who may act for whom, and the security of your account."),
        legal=_kinds(
            "account.second_factor_reset mandate.grant mandate.claim mandate.substitute"
            " mandate.confirm mandate.refuse mandate.end mandate.farewell"
        ),
    ),
)

_BY_KEY = {topic.key: topic for topic in TOPICS}
_BY_KIND = {kind: topic for topic in TOPICS for kind in topic.kinds}


def topic_of(kind: str) -> Topic:
    """The topic of a kind of notice. ValueError for a kind that is not in the table."""
    if kind not in _BY_KIND:
        raise ValueError(f"no topic for notices of kind {kind}")
    return _BY_KIND[kind]


def known_topic(kind: str) -> Topic | None:
    """The topic of a stored kind; None for one that an earlier version told and none tells now."""
    return _BY_KIND.get(kind)


def topic_by_key(key: str) -> Topic:
    """The topic of a key. ValueError for an unknown one."""
    if key not in _BY_KEY:
        raise ValueError(f"no topic {key}")
    return _BY_KEY[key]


def is_legal(kind: str) -> bool:
    """Whether a kind has legal effect on a party or concerns an account. ValueError if unknown."""
    return kind in topic_of(kind).legal


def kinds_of(topic: str) -> frozenset[str]:
    """The kinds of the topic with this key. ValueError for an unknown one."""
    return topic_by_key(topic).kinds
