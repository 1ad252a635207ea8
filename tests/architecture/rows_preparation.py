"""Rows for the lists of joint preparation and of matters: many of each, put in at once."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from consult.matters.models import (
    AgreementAnswer,
    Commitment,
    CommitmentEvent,
    CommitmentNeed,
    Matter,
    MatterAgreement,
    MatterFact,
    MatterOption,
    OptionEffect,
    OptionStance,
    OptionVersion,
)
from consult.phase2_preparation.models import (
    Advice,
    AdviceRequest,
    CollectiveOpinion,
    Comment,
    CommentDraft,
    CommenterAnswer,
    CommentFile,
    CommentGroup,
    CommentSupport,
    DisplaySheet,
    Disposition,
    DispositionBatch,
    DispositionPublication,
    DraftFile,
    DraftNote,
    ExpertInvitation,
    ExpertOpinion,
    ExpertSuggestion,
    GroupMember,
    InvitationFile,
    NeighbourAnswer,
    NeighbourOpinion,
    PanelSignature,
    PaperConfirmation,
    PaperEntry,
    PublicationLetter,
    Reply,
    Round,
    RoundInvitee,
    TextBlock,
)
from plans.register.models import Plan
from stakeholders.files.models import StoredFile
from stakeholders.people.models import Mandate, Organization
from tests.world import JIASHAN, WUJIANG

EXPERTS = 100_000  # their comments are numbered from here
DISPLAY = 5_000  # number of the display round


class PreparationRows:
    """Adds rows numbered `numbers` beside the comments of round 1 that `Rows` put in."""

    def __init__(self, *, plan: Plan, mandate: Mandate, now: Any) -> None:
        self.plan, self.mandate, self.now = plan, mandate, now
        self.by = {"mandate": mandate, "at": now}
        self.round = plan.rounds.get(number=1)

    def add(self, numbers: Sequence[int]) -> None:
        self.files = list(StoredFile.objects.filter(name="a.pdf").order_by("-pk")[: len(numbers)])
        comments = list(
            Comment.objects.filter(plan=self.plan, number__in=[n + 1 for n in numbers]).order_by(
                "number"
            )
        )
        self.add_dispositions(comments)
        self.add_working(comments, numbers)
        self.add_inside(numbers)
        self.add_invitees(numbers)
        self.add_experts(numbers)
        some = numbers[::5]  # pages that show all of them at once
        self.add_collective(some)
        self.add_papers()
        self.add_matter(some)

    def add_dispositions(self, comments: list[Comment]) -> None:
        """Every other comment decided twice, those by fours published, by eights answered."""
        matter = Matter.objects.get(plan=self.plan, key="M0")
        outcomes = ("adopted", "partly", "to_matter", "superseded")
        decided = Disposition.objects.bulk_create(
            Disposition(
                comment=one,
                outcome=outcome,
                reason_zh="理由",
                matter=matter if outcome == "to_matter" else None,
                **self.by,
            )
            for place, one in enumerate(comments[::2])
            for outcome in ("noted", outcomes[place % 4])
        )[1::2]
        DispositionPublication.objects.bulk_create(
            DispositionPublication(disposition=one, batch=f"b{one.pk}", **self.by)
            for one in decided[::2]
        )
        CommenterAnswer.objects.bulk_create(
            CommenterAnswer(disposition=one, accepts=bool(place % 2), text="因", **self.by)
            for place, one in enumerate(decided[::4])
        )
        letters = zip(decided[::2], self.files, strict=False)
        PublicationLetter.objects.bulk_create(
            PublicationLetter(plan=self.plan, batch=f"b{one.pk}", file=file, note="函", **self.by)
            for one, file in letters
        )

    def add_working(self, comments: list[Comment], numbers: Sequence[int]) -> None:
        """Advice, groups of two, batches, customary texts, co-signatures, files."""
        first = Comment.objects.get(plan=self.plan, number=1)
        for asked in ({"jurisdiction_id": WUJIANG}, {"person": self.mandate}):
            requests = AdviceRequest.objects.bulk_create(
                AdviceRequest(comment=one, question="问", **asked, **self.by)
                for one in (*comments[1::2], first)
            )
            Advice.objects.bulk_create(
                Advice(request=one, outcome="noted", reason_zh="理由", **self.by)
                for one in requests[::2]
            )
        groups = CommentGroup.objects.bulk_create(
            CommentGroup(plan=self.plan, **self.by) for _pair in comments[::2]
        )
        GroupMember.objects.bulk_create(
            GroupMember(group=groups[place // 2], comment=one) for place, one in enumerate(comments)
        )
        batches = DispositionBatch.objects.bulk_create(
            DispositionBatch(plan=self.plan, kind="bulk", outcome="noted", size=1, **self.by)
            for _n in numbers
        )
        Disposition.objects.bulk_create(
            Disposition(comment=one, outcome="noted", together=batch, **self.by)
            for one, batch in zip(comments[1::4], batches, strict=False)
        )
        TextBlock.objects.bulk_create(
            TextBlock(plan=plan, title=f"{n}", text_zh="文", outcome="noted")
            for n in numbers
            for plan in (self.plan, None)
        )
        CommentSupport.objects.bulk_create(
            CommentSupport(comment=one, jurisdiction_id=JIASHAN, **self.by)
            for one in (*comments, *[first] * len(comments))
        )
        CommentFile.objects.bulk_create(
            CommentFile(comment=one, file=file)
            for one, file in zip(comments, self.files, strict=False)
        )

    def add_inside(self, numbers: Sequence[int]) -> None:
        """Notes and files of every draft of the round, many of them on its first."""
        drafts = list(CommentDraft.objects.filter(round=self.round).order_by("-pk"))
        drafts = [*drafts[: len(numbers)], *[drafts[-1]] * len(numbers)]
        DraftNote.objects.bulk_create(DraftNote(draft=one, text="注", **self.by) for one in drafts)
        DraftFile.objects.bulk_create(
            DraftFile(draft=one, file=file)
            for one, file in zip(drafts, self.files * 2, strict=False)
        )

    def add_invitees(self, numbers: Sequence[int]) -> None:
        bodies = Organization.objects.filter(key__in=[f"row-{n}" for n in numbers])
        RoundInvitee.objects.bulk_create(
            RoundInvitee(round=self.round, audience="body", organization=one) for one in bodies
        )
        Reply.objects.bulk_create(
            Reply(round=self.round, source="body", organization=one, nonce="0", **self.by)
            for one in bodies[::2]
        )
        display, _new = Round.objects.get_or_create(
            plan=self.plan,
            number=DISPLAY,
            defaults={
                "revision": self.round.revision,
                "kind": "display",
                "opens_at": self.now - timedelta(days=40),
                "closes_at": self.now - timedelta(days=1),
                "closes_on": self.now.date(),
                "closes_hour": self.now.time(),
                "zone": "Asia/Shanghai",
            },
        )
        DisplaySheet.objects.bulk_create(
            DisplaySheet(round=display, number=n + 1, main_zh="意见", file=file, **self.by)
            for n, file in zip(numbers, self.files, strict=False)
        )

    def add_experts(self, numbers: Sequence[int]) -> None:
        """Invitations with files and suggestions; every other one is answered with a remark."""
        invitations = ExpertInvitation.objects.bulk_create(
            self._invitation(n + 1, asks="opinion", round=self.round) for n in numbers
        )
        InvitationFile.objects.bulk_create(
            InvitationFile(invitation=one, stored=file)
            for one, file in zip(invitations, self.files, strict=False)
        )
        ExpertSuggestion.objects.bulk_create(
            ExpertSuggestion(invitation=one, name="乙", email="b@x.example", at=self.now)
            for one in invitations
        )
        replies = Reply.objects.bulk_create(
            Reply(round=self.round, source="expert", nonce="0", **self.by)
            for _one in invitations[::2]
        )
        ExpertOpinion.objects.bulk_create(
            ExpertOpinion(invitation=one, reply=reply, result="minor", at=self.now)
            for one, reply in zip(invitations[::2], replies, strict=True)
        )
        version = self.plan.items.get(key="provision-0").versions.get()
        Comment.objects.bulk_create(
            Comment(
                reply=reply,
                plan=self.plan,
                number=EXPERTS + reply.pk,
                item=version.item,
                version=version,
                type="general",
                text_zh="意见",
            )
            for reply in replies
        )

    def _invitation(self, number: int, **asked: object) -> ExpertInvitation:
        return ExpertInvitation(
            plan=self.plan,
            number=number,
            audience="expert",
            name="甲",
            email="a@x.example",
            closes_at=self.now + timedelta(days=9),
            zone="Asia/Shanghai",
            mandate=self.mandate,
            created_at=self.now,
            void_before=self.now,
            **asked,
        )

    def add_collective(self, numbers: Sequence[int]) -> None:
        """Common opinions of one member each, and one of many who all signed."""
        made = CollectiveOpinion.objects.bulk_create(
            CollectiveOpinion(
                plan=self.plan,
                revision=self.round.revision,
                number=n + 1,
                held_on=date(2026, 3, 1),
                place="会",
                result="minor",
                text="文",
                mandate=self.mandate,
                edited_at=self.now,
            )
            for n in numbers
        )
        first = self.plan.collective_opinions.get(number=1)
        members = ExpertInvitation.objects.bulk_create(
            self._invitation(EXPERTS + one.number * 2 + place, asks="signature", collective=panel)
            for one in made
            for place, panel in enumerate((one, first))
        )
        PanelSignature.objects.bulk_create(
            PanelSignature(member=one, content=first.content, way="paper", **self.by)
            for one in members[::2]
        )

    def add_papers(self) -> None:
        """Entries of one paper, each confirmed; opinions of a neighbour, each answered."""
        entries = PaperEntry.objects.bulk_create(
            PaperEntry(
                plan=self.plan,
                paper="legal-review",
                is_waiver=True,
                reason="否",
                file=file,
                **self.by,
            )
            for file in self.files
        )
        PaperConfirmation.objects.bulk_create(
            PaperConfirmation(entry=one, jurisdiction_id=JIASHAN, agrees=True, **self.by)
            for one in entries
        )
        opinions = NeighbourOpinion.objects.bulk_create(
            NeighbourOpinion(
                plan=self.plan,
                jurisdiction_id=WUJIANG,
                result="opinions",
                text="意见",
                letter_number="1",
                letter_file=file,
                **self.by,
            )
            for file in self.files
        )
        NeighbourAnswer.objects.bulk_create(
            NeighbourAnswer(opinion=one, text="答", **self.by) for one in opinions
        )

    def add_matter(self, numbers: Sequence[int]) -> None:
        """Facts, options, commitments and drafts of an agreement on one matter."""
        first = Matter.objects.get(plan=self.plan, key="M0")
        of_it = {"matter": first, **self.by}
        MatterFact.objects.bulk_create(
            MatterFact(
                number=n + 1,
                text_zh="事",
                source="文",
                file=file,
                jurisdiction_id=WUJIANG,
                **of_it,
            )
            for n, file in zip(numbers, self.files, strict=False)
        )
        options = MatterOption.objects.bulk_create(
            MatterOption(matter=first, label=f"{n}", jurisdiction_id=WUJIANG, at=self.now)
            for n in numbers
        )
        versions = OptionVersion.objects.bulk_create(
            OptionVersion(option=one, number=1, text_zh="法", **self.by) for one in options
        )
        OptionEffect.objects.bulk_create(
            OptionEffect(version=one, jurisdiction_id=WUJIANG, text_zh="效") for one in versions
        )
        OptionStance.objects.bulk_create(
            OptionStance(version=one, jurisdiction_id=WUJIANG, value="acceptable", **self.by)
            for one in versions
        )
        commitments = Commitment.objects.bulk_create(
            Commitment(number=n + 1, holder_id=WUJIANG, text_zh="诺", **of_it) for n in numbers
        )
        CommitmentNeed.objects.bulk_create(
            CommitmentNeed(commitment=one, needs=other)
            for one, other in zip(commitments[1:], commitments, strict=False)
        )
        CommitmentEvent.objects.bulk_create(
            CommitmentEvent(commitment=one, kind="given", jurisdiction_id=WUJIANG, **self.by)
            for one in commitments
        )
        agreements = MatterAgreement.objects.bulk_create(
            MatterAgreement(
                number=n + 1,
                option=version,
                commitments=[n + 1],
                items=["provision-0"],
                **of_it,
            )
            for n, version in zip(numbers, versions, strict=True)
        )
        AgreementAnswer.objects.bulk_create(
            AgreementAnswer(agreement=one, jurisdiction_id=WUJIANG, confirms=True, **self.by)
            for one in agreements
        )
