"""Rows for the lists of who takes part: parties, bodies, mandates, chains of steps and neighbours.

Laid last: the parties are units that `Rows` entered, the claims stand on its newest revision.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from consult.matters.models import Matter
from consult.phase1_organization.models import Accession, Withdrawal, WithdrawalEnd
from consult.phase2_preparation.models import (
    NeighbourAnswer,
    NeighbourOpinion,
    Reply,
    Round,
    RoundInvitee,
)
from consult.spoken.models import EnteredAct
from plans.register.models import Party, Plan, PlanGrant, RevisionItem
from stakeholders.access.models import Group, Permission, RoleGroup
from stakeholders.files.models import StoredFile
from stakeholders.people.models import (
    Chain,
    ChainPass,
    ChainRun,
    ChainStep,
    Mandate,
    Organization,
)
from tests.architecture.rows_preparation import DISPLAY
from tests.world import WUJIANG


class HolderRows:
    """Adds rows numbered `numbers` beside the units, bodies and people of `Rows`."""

    def __init__(self, *, plan: Plan, mandate: Mandate, now: Any) -> None:
        self.plan, self.mandate, self.now = plan, mandate, now
        self.by = {"mandate": mandate, "at": now}

    def add(self, numbers: Sequence[int]) -> None:
        self.files = list(StoredFile.objects.filter(name="a.pdf").order_by("-pk")[: len(numbers)])
        self.add_chains(numbers)
        self.add_mandates(numbers)
        self.add_bodies(numbers)
        # What every page about parties shows all of at once.
        self.add_parties(numbers[::5])
        self.add_coming_and_going(numbers)
        self.add_entries(numbers)
        self.add_pairs(numbers[::5])
        self.add_to_newest_revision()

    def add_chains(self, numbers: Sequence[int]) -> None:
        """A chain of two steps for each of the plans, with one run that passed its first step."""
        chains = Chain.objects.bulk_create(
            Chain(
                jurisdiction_id=WUJIANG,
                kind="reply",
                plan_key=f"plan-{n}",
                mandate=self.mandate,
                defined_at=self.now,
            )
            for n in numbers
        )
        steps = ChainStep.objects.bulk_create(
            ChainStep(
                chain=one,
                position=place,
                name_zh="步",
                role="planner",
                user_ids=[self.mandate.user_id] if place == 2 else [],
            )
            for one in chains
            for place in (1, 2)
        )
        runs = ChainRun.objects.bulk_create(
            ChainRun(
                chain=one,
                subject_kind="round",
                subject_id=f"{n}",
                plan_key=one.plan_key,
                mandate=self.mandate,
                begun_at=self.now,
            )
            for n, one in zip(numbers, chains, strict=True)
        )
        ChainPass.objects.bulk_create(
            ChainPass(run=run, step=step, **self.by)
            for run, step in zip(runs, steps[::2], strict=True)
        )

    def add_mandates(self, numbers: Sequence[int]) -> None:
        """Ended ones of the reader, and others' that wait for a second person: such as the reader
        may be, whose own mandate comes from somebody else."""
        other, granter = Mandate.objects.filter(user__email__startswith="other").order_by("pk")[:2]
        held = {
            "jurisdiction_id": WUJIANG,
            "document": "test",
            "valid_from": self.now - timedelta(days=9),
            "granted_by": granter.user,
        }
        ended = self.now - timedelta(days=1)
        Mandate.objects.bulk_create(
            Mandate(user=self.mandate.user, role="planner", valid_until=ended, **held)
            for _n in numbers
        )
        Mandate.objects.bulk_create(
            Mandate(user=other.user, role="signatory", **held) for _n in numbers
        )

    def add_bodies(self, numbers: Sequence[int]) -> None:
        """The bodies `row-…` see the plan as observers."""
        bodies = Organization.objects.filter(key__in=[f"row-{n}" for n in numbers])
        groups = Group.objects.bulk_create(Group(name=f"observers of {b.key}") for b in bodies)
        RoleGroup.objects.bulk_create(
            RoleGroup(holder=f"org-{body.pk}", role="observer", group=group)
            for body, group in zip(bodies, groups, strict=True)
        )
        view = Permission.objects.get(codename="view_plan", content_type__app_label="plans")
        PlanGrant.objects.bulk_create(
            PlanGrant(group=group, permission=view, content_object=self.plan) for group in groups
        )

    def add_parties(self, numbers: Sequence[int]) -> None:
        """Neighbours: each filed an opinion that is answered; every other one answered in the round
        that is over, the rest was silent there."""
        codes = [f"9{n:05}" for n in numbers]
        Party.objects.bulk_create(
            Party(plan=self.plan, jurisdiction_id=code, role="neighbour", joined_at=self.now)
            for code in codes
        )
        opinions = NeighbourOpinion.objects.bulk_create(
            NeighbourOpinion(
                plan=self.plan,
                jurisdiction_id=code,
                result="opinions",
                text="意见",
                letter_number="1",
                letter_file=file,
                **self.by,
            )
            for code, file in zip(codes, self.files, strict=False)
        )
        NeighbourAnswer.objects.bulk_create(
            NeighbourAnswer(opinion=one, text="答", **self.by) for one in opinions
        )
        past = Round.objects.get(plan=self.plan, number=DISPLAY)
        RoundInvitee.objects.bulk_create(
            RoundInvitee(round=past, jurisdiction_id=code) for code in codes
        )
        Reply.objects.bulk_create(
            Reply(round=past, jurisdiction_id=code, nonce="0", letter_file=file, **self.by)
            for code, file in zip(codes[::2], self.files, strict=False)
        )

    def add_coming_and_going(self, numbers: Sequence[int]) -> None:
        """Proposals that a unit joins, and notices to leave that were taken back."""
        taken = Accession.objects.filter(plan=self.plan).count()
        Accession.objects.bulk_create(
            Accession(
                plan=self.plan,
                number=taken + place,
                jurisdiction_id=f"9{n:05}",
                reason="请求",
                hash=f"sha256:{n}",
                **self.by,
            )
            for place, n in enumerate(numbers, start=1)
        )
        leaving = Withdrawal.objects.bulk_create(
            Withdrawal(
                plan=self.plan,
                jurisdiction_id=WUJIANG,
                reason="退出",
                takes_effect_at=self.now + timedelta(days=90),
                **self.by,
            )
            for _n in numbers
        )
        WithdrawalEnd.objects.bulk_create(
            WithdrawalEnd(withdrawal=one, has_left=False, **self.by) for one in leaving
        )

    def add_entries(self, numbers: Sequence[int]) -> None:
        """Stands on matters that were entered for a party and wait for its word."""
        matters = Matter.objects.filter(plan=self.plan, key__in=[f"M{n}" for n in numbers])
        EnteredAct.objects.bulk_create(
            EnteredAct(
                plan=self.plan,
                kind="stand",
                matter=matter,
                jurisdiction_id=WUJIANG,
                basis="ad_referendum",
                content='{"said": {"value": "agree", "text_zh": "同意"}}',
                nonce="0",
                confirm_by=self.now + timedelta(days=9),
                **self.by,
            )
            for matter in matters
        )

    def add_pairs(self, numbers: Sequence[int]) -> None:
        """A unit of its own at each of the matters that belong to no plan."""
        through = Matter.jurisdictions.through
        matters = Matter.objects.filter(plan=None, key__in=[f"M{n}" for n in numbers])
        through.objects.bulk_create(
            through(matter=one, jurisdiction_id=f"9{int(one.key[1:]):05}") for one in matters
        )

    def add_to_newest_revision(self) -> None:
        """What revision 2 holds and the newest does not yet: claims are held against the newest."""
        newest = self.plan.revisions.order_by("-number")[0]
        known = set(newest.entries.values_list("item_id", flat=True))
        rows = self.plan.revisions.get(number=2).entries.all()
        RevisionItem.objects.bulk_create(
            RevisionItem(
                revision=newest,
                item_id=one.item_id,
                version_id=one.version_id,
                position=one.position,
                number=one.number,
                change=one.change,
            )
            for one in rows
            if one.item_id not in known
        )
