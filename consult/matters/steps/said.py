"""Row writes on options, facts, commitments and drafts of an agreement. The caller holds the
matter's lock."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Max, QuerySet

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
    OptionWithdrawal,
)
from consult.matters.queries import next_label
from consult.matters.steps.matters import Wording
from stakeholders.files.models import StoredFile
from stakeholders.terms import clock
from stakeholders.terms.actor import OF_ALL_PARTIES, Actor


def speaker_of(actor: Actor) -> str | None:
    """For whom the actor speaks on a matter: its jurisdiction; none for the joint office."""
    return None if actor.role in OF_ALL_PARTIES else actor.jurisdiction_code


def write_fact(
    *,
    matter: Matter,
    actor: Actor,
    text: Wording,
    source: str,
    corrects: MatterFact | None,
    file: StoredFile | None,
) -> MatterFact:
    return MatterFact.objects.create(
        matter=matter,
        number=_next(MatterFact.objects.filter(matter=matter)),
        text_zh=text.zh.strip(),
        text_en=text.en.strip(),
        source=source.strip(),
        corrects=corrects,
        file=file,
        jurisdiction_id=speaker_of(actor),
        mandate_id=int(actor.mandate_id or 0),
        at=clock.now(),
    )


def write_option(*, matter: Matter, actor: Actor) -> MatterOption:
    return MatterOption.objects.create(
        matter=matter,
        label=next_label(matter),
        jurisdiction_id=speaker_of(actor),
        at=clock.now(),
    )


def write_version(
    *, option: MatterOption, actor: Actor, text: Wording, effects: Mapping[str, Wording]
) -> OptionVersion:
    """The next version of an option, with what it costs or brings each party that is named."""
    version = OptionVersion.objects.create(
        option=option,
        number=_next(OptionVersion.objects.filter(option=option)),
        text_zh=text.zh.strip(),
        text_en=text.en.strip(),
        mandate_id=int(actor.mandate_id or 0),
        at=clock.now(),
    )
    OptionEffect.objects.bulk_create(
        OptionEffect(
            version=version,
            jurisdiction_id=code,
            text_zh=effect.zh.strip(),
            text_en=effect.en.strip(),
        )
        for code, effect in sorted(effects.items())
        if effect
    )
    return version


def write_stance(
    *, version: OptionVersion, actor: Actor, value: str, text: Wording
) -> OptionStance:
    return OptionStance.objects.create(
        version=version,
        jurisdiction_id=str(actor.jurisdiction_code),
        value=value,
        text_zh=text.zh.strip(),
        text_en=text.en.strip(),
        mandate_id=int(actor.mandate_id or 0),
        at=clock.now(),
    )


def write_withdrawal(*, option: MatterOption, actor: Actor, reason: str) -> OptionWithdrawal:
    return OptionWithdrawal.objects.create(
        option=option,
        reason=reason.strip(),
        mandate_id=int(actor.mandate_id or 0),
        at=clock.now(),
    )


def write_commitment(
    *, matter: Matter, actor: Actor, holder: str, text: Wording, due_on: date | None
) -> Commitment:
    return Commitment.objects.create(
        matter=matter,
        number=_next(Commitment.objects.filter(matter=matter)),
        holder_id=holder,
        text_zh=text.zh.strip(),
        text_en=text.en.strip(),
        due_on=due_on,
        mandate_id=int(actor.mandate_id or 0),
        at=clock.now(),
    )


def tie(pairs: Iterable[tuple[Commitment, Commitment]]) -> None:
    """(commitment, what it needs), each pair once."""
    CommitmentNeed.objects.bulk_create(
        CommitmentNeed(commitment=one, needs=other) for one, other in pairs
    )


def write_event(
    *, commitment: Commitment, actor: Actor, kind: str, note: str = ""
) -> CommitmentEvent:
    return CommitmentEvent.objects.create(
        commitment=commitment,
        kind=kind,
        note=note.strip(),
        jurisdiction_id=str(actor.jurisdiction_code),
        mandate_id=int(actor.mandate_id or 0),
        at=clock.now(),
    )


def write_agreement(
    *,
    matter: Matter,
    actor: Actor,
    text: Wording,
    option: OptionVersion | None,
    items: Iterable[str],
    commitments: Iterable[int],
) -> MatterAgreement:
    return MatterAgreement.objects.create(
        matter=matter,
        number=_next(MatterAgreement.objects.filter(matter=matter)),
        text_zh=text.zh.strip(),
        text_en=text.en.strip(),
        option=option,
        items=sorted(set(items)),
        commitments=sorted(set(commitments)),
        jurisdiction_id=speaker_of(actor),
        mandate_id=int(actor.mandate_id or 0),
        at=clock.now(),
    )


def write_answer(
    *, agreement: MatterAgreement, actor: Actor, confirms: bool, reason: str
) -> AgreementAnswer:
    return AgreementAnswer.objects.create(
        agreement=agreement,
        jurisdiction_id=str(actor.jurisdiction_code),
        confirms=confirms,
        reason=reason.strip(),
        mandate_id=int(actor.mandate_id or 0),
        at=clock.now(),
    )


def _next(rows: QuerySet) -> int:  # type: ignore[type-arg]
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1
