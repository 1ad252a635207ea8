"""The API's description is exact, and every writing act has its operation in the API."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.generators import SchemaGenerator

from config.acts import tables
from tests.world import World

PLAN = "/api/v1/plans/{key}/"
MEETING = PLAN + "meetings/{number}/"
ROUND = PLAN + "rounds/{number}/"
DRAFT = ROUND + "drafts/{draft}/"
EXPERT = PLAN + "experts/{number}/"
COLLECTIVE = PLAN + "experts/opinions/{number}/"
DEMANDS = PLAN + "demands/"
DEMAND = DEMANDS + "{code}/{number}/"
BALLOTS = PLAN + "charters/{number}/ballots/"
JOINING = PLAN + "accessions/{number}/ballots/"
MANDATES = "/api/v1/mandates/"
RUNS = "/api/v1/chain-runs/"

# act -> the operation that does it
OPERATIONS = {
    "reminders.set": ("put", PLAN + "reminders/"),
    "plan.create": ("post", "/api/v1/plans/"),
    "plan.set_parent": ("post", PLAN + "family/parent/"),
    "party.change": ("put", PLAN + "parties/{code}/"),
    "duty.nudge": ("post", PLAN + "nudges/"),
    "requirement.add": ("post", PLAN + "requirements/"),
    "requirement.edit": ("put", PLAN + "requirements/{number}/"),
    "requirement.remove": ("post", PLAN + "requirements/{number}/remove/"),
    "transmission.answer": ("post", PLAN + "transmission/"),
    "demands.ask": ("post", DEMANDS + "calls/"),
    "demand.add": ("post", DEMANDS),
    "demand.edit": ("put", DEMAND),
    "demand.remove": ("post", DEMAND + "remove/"),
    "demands.hand_in": ("post", DEMANDS + "hand-ins/"),
    "demand.sort": ("post", DEMAND + "sortings/"),
    "demand.answer": ("post", DEMAND + "answer/"),
    "body.admit": ("post", PLAN + "bodies/"),
    "body.dismiss": ("post", PLAN + "bodies/dismiss/"),
    "attachment.add": ("post", PLAN + "attachments/"),
    "attachment.remove": ("post", PLAN + "attachments/{number}/remove/"),
    "concern.declare": ("post", PLAN + "items/{item}/declare/"),
    "concern.renounce": ("post", PLAN + "items/{item}/renounce/"),
    "item.split": ("post", PLAN + "provisions/{item}/split/"),
    "item.merge": ("post", PLAN + "provisions/{item}/merge/"),
    "item.replace": ("post", PLAN + "provisions/{item}/replace/"),
    "chapter.add": ("post", PLAN + "chapters/"),
    "chapter.edit": ("put", PLAN + "chapters/{chapter}/"),
    "chapter.move": ("post", PLAN + "chapters/{chapter}/move/"),
    "chapter.remove": ("post", PLAN + "chapters/{chapter}/remove/"),
    "note.add": ("post", PLAN + "provisions/{item}/notes/"),
    "note.resolve": ("post", PLAN + "notes/{note}/resolve/"),
    "provisions.move": ("post", PLAN + "moves/"),
    "provision.add": ("post", PLAN + "provisions/"),
    "provision.edit": ("put", PLAN + "provisions/{item}/"),
    "provision.move": ("post", PLAN + "provisions/{item}/move/"),
    "provision.remove": ("post", PLAN + "provisions/{item}/remove/"),
    "claim.answer": ("post", PLAN + "claims/{item}/"),
    "term.add": ("post", PLAN + "terms/"),
    "term.remove": ("post", PLAN + "terms/{term}/remove/"),
    "amendment.propose": ("post", PLAN + "amendments/"),
    "amendment.apply": ("post", PLAN + "amendments/{number}/apply/"),
    "amendment.decline": ("post", PLAN + "amendments/{number}/decline/"),
    "amendment.withdraw": ("post", PLAN + "amendments/{number}/withdraw/"),
    "comment.import": ("post", ROUND + "forms/{id}/enter/"),
    "text.import": ("post", PLAN + "imports/{id}/enter/"),
    "standard.add": ("post", PLAN + "standards/"),
    "standard.edit": ("put", PLAN + "standards/{item}/"),
    "standard.remove": ("post", PLAN + "standards/{item}/remove/"),
    "standard.import": ("post", PLAN + "standards/import/"),
    "indicator.add": ("post", PLAN + "indicators/"),
    "indicator.edit": ("put", PLAN + "indicators/{item}/"),
    "indicator.replace": ("post", PLAN + "indicators/{item}/replace/"),
    "indicator.remove": ("post", PLAN + "indicators/{item}/remove/"),
    "project.add": ("post", PLAN + "projects/"),
    "project.edit": ("put", PLAN + "projects/{project}/"),
    "milestone.add": ("post", PLAN + "projects/{project}/milestones/"),
    "milestone.edit": ("put", PLAN + "projects/{project}/milestones/{number}/"),
    "milestone.remove": ("post", PLAN + "projects/{project}/milestones/{number}/remove/"),
    "milestone.link": ("put", PLAN + "projects/{project}/milestones/{number}/needs/"),
    "invitation.send": ("post", PLAN + "invitations/"),
    "invitation.answer": ("post", "/api/v1/invitations/{id}/answers/"),
    "charter.propose": ("post", PLAN + "charters/"),
    "charter.open_ballot": ("post", BALLOTS),
    "charter.close_ballot": ("post", BALLOTS + "close/"),
    "charter.close_without_result": ("post", BALLOTS + "close-without-result/"),
    "charter.recall_ballot": ("post", BALLOTS + "recall/"),
    "base.open_ballot": ("post", PLAN + "base/ballots/"),
    "base.close_ballot": ("post", PLAN + "base/ballots/close/"),
    "base.close_without_result": ("post", PLAN + "base/ballots/close-without-result/"),
    "base.recall_ballot": ("post", PLAN + "base/ballots/recall/"),
    "party.leave": ("post", PLAN + "withdrawals/{id}/leave/"),
    "accession.propose": ("post", PLAN + "accessions/"),
    "accession.open_ballot": ("post", JOINING),
    "accession.close_ballot": ("post", JOINING + "close/"),
    "accession.close_without_result": ("post", JOINING + "close-without-result/"),
    "accession.recall_ballot": ("post", JOINING + "recall/"),
    "check.open": ("post", PLAN + "health/"),
    "border.add": ("post", PLAN + "health/{id}/border/"),
    "border.state": ("post", PLAN + "health/{id}/border/{number}/figures/"),
    "section.fill": ("post", PLAN + "health/{id}/sections/{number}/texts/"),
    "finding.state": ("post", PLAN + "health/{id}/findings/"),
    "finding.to_matter": ("post", PLAN + "health/{id}/findings/{number}/matter/"),
    "reservation.review": ("post", PLAN + "health/{id}/reservations/{reservation}/keep/"),
    "report.open_ballot": ("post", PLAN + "health/{id}/reports/"),
    "report.close_ballot": ("post", PLAN + "health/{id}/reports/close/"),
    "report.close_without_result": (
        "post",
        PLAN + "health/{id}/reports/close-without-result/",
    ),
    "report.recall_ballot": ("post", PLAN + "health/{id}/reports/recall/"),
    "check.publish": ("post", PLAN + "health/{id}/publication/"),
    "matter.open": ("post", PLAN + "matters/"),
    "matter.stand": ("post", PLAN + "matters/{matter}/stands/"),
    "matter.raise": ("post", PLAN + "matters/{matter}/raise/"),
    "matter.close": ("post", PLAN + "matters/{matter}/close/"),
    "matter.reopen": ("post", PLAN + "matters/{matter}/reopen/"),
    "matter.reschedule": ("post", PLAN + "matters/{matter}/due/"),
    "matter.fact": ("post", PLAN + "matters/{matter}/facts/"),
    "matter.link": ("post", PLAN + "matters/{matter}/provisions/"),
    "matter.withdraw": ("post", PLAN + "matters/{matter}/withdraw/"),
    "matter.object": ("post", PLAN + "matters/{matter}/object/"),
    "matter.ask_raise": ("post", PLAN + "matters/{matter}/ask-raise/"),
    "matter.join": ("post", PLAN + "matters/{matter}/join/"),
    "matter.leave": ("post", PLAN + "matters/{matter}/leave/"),
    "option.propose": ("post", PLAN + "matters/{matter}/options/"),
    "option.revise": ("post", PLAN + "matters/{matter}/options/{option}/edit/"),
    "option.withdraw": ("post", PLAN + "matters/{matter}/options/{option}/withdraw/"),
    "option.answer": ("post", PLAN + "matters/{matter}/options/{option}/answer/"),
    "commitment.propose": ("post", PLAN + "matters/{matter}/commitments/"),
    "commitment.give": ("post", PLAN + "matters/{matter}/commitments/{commitment}/give/"),
    "commitment.take_back": ("post", PLAN + "matters/{matter}/commitments/{commitment}/take-back/"),
    "commitment.report": ("post", PLAN + "matters/{matter}/commitments/{commitment}/report/"),
    "commitment.confirm": ("post", PLAN + "matters/{matter}/commitments/{commitment}/confirm/"),
    "agreement.propose": ("post", PLAN + "matters/{matter}/agreements/"),
    "agreement.answer": ("post", PLAN + "matters/{matter}/agreements/{agreement}/answer/"),
    "round.open": ("post", PLAN + "rounds/"),
    "round.extend": ("post", ROUND + "extend/"),
    "round.close": ("post", ROUND + "close/"),
    "round.enter_opinion": ("post", ROUND + "opinions/"),
    "round.enter_answer": ("post", ROUND + "answers/"),
    "round.enter_symposium": ("post", ROUND + "symposia/"),
    "round.admit_late": ("post", ROUND + "admit-late/"),
    "round.recall": ("post", ROUND + "recall/"),
    "reply.submit_body": ("post", ROUND + "our-answer/"),
    "reply.add_letter": ("post", PLAN + "replies/{reply}/later-letter/"),
    "expert.invite": ("post", ROUND + "experts/"),
    "expert.remind": ("post", EXPERT + "remind/"),
    "expert.revoke": ("post", EXPERT + "revoke/"),
    "expert.extend": ("post", EXPERT + "extend/"),
    "expert.erase": ("post", EXPERT + "erase/"),
    "expert.decide_suggestion": ("post", PLAN + "experts/suggestions/{id}/"),
    "collective.write": ("post", PLAN + "experts/opinions/"),
    "collective.add_member": ("post", COLLECTIVE + "members/"),
    "collective.enter_signature": ("post", COLLECTIVE + "members/{member}/sign/"),
    "collective.finish": ("post", COLLECTIVE + "finish/"),
    "comment.draft": ("post", ROUND + "drafts/"),
    "comment.edit": ("put", DRAFT),
    "comment.delete": ("delete", DRAFT),
    "comment.clear": ("post", DRAFT + "clear/"),
    "comment.withdraw_clearance": ("post", DRAFT + "withdraw-clearance/"),
    "comment.note": ("post", DRAFT + "notes/"),
    "comment.cosign": ("post", PLAN + "comments/{number}/cosign/"),
    "comment.send_back": ("post", DRAFT + "send-back/"),
    "reply.submit": ("post", ROUND + "reply/"),
    "disposition.decide": ("post", PLAN + "comments/{number}/disposition/"),
    "disposition.publish": ("post", PLAN + "dispositions/publish/"),
    "disposition.answer": ("post", PLAN + "comments/{number}/answer/"),
    "display.write": ("post", ROUND + "display/"),
    "display.finish": ("post", ROUND + "display/finish/"),
    "dossier.arrange": ("post", PLAN + "approval/dossier/arrange/"),
    "dossier.file": ("post", PLAN + "approval/dossier/lines/{line}/file/"),
    "paper.file": ("post", PLAN + "checklist/{paper}/file/"),
    "paper.waive": ("post", PLAN + "checklist/{paper}/waive/"),
    "paper.confirm": ("post", PLAN + "checklist/entries/{entry}/confirm/"),
    "neighbour.file": ("post", PLAN + "neighbours/"),
    "neighbour.answer": ("post", PLAN + "neighbours/{opinion}/answer/"),
    "disposition.undo": ("post", PLAN + "dispositions/batches/{batch}/undo/"),
    "disposition.ask_advice": ("post", PLAN + "comments/{number}/advice/"),
    "disposition.give_advice": ("post", PLAN + "comments/{number}/advice/{asked}/"),
    "comment.group": ("post", PLAN + "dispositions/groups/"),
    "comment.ungroup": ("post", PLAN + "dispositions/groups/{group}/end/"),
    "text_block.add": ("post", PLAN + "dispositions/blocks/"),
    "text_block.edit": ("put", PLAN + "dispositions/blocks/{block}/"),
    "text_block.remove": ("post", PLAN + "dispositions/blocks/{block}/remove/"),
    "change.explain": ("post", PLAN + "changes/"),
    "answer.enter_for": ("post", PLAN + "entered/"),
    "reply.enter_for": ("post", PLAN + "entered/"),
    "stand.enter_for": ("post", PLAN + "entered/"),
    "answer.ad_referendum": ("post", PLAN + "entered/"),
    "reply.ad_referendum": ("post", PLAN + "entered/"),
    "stand.ad_referendum": ("post", PLAN + "entered/"),
    "spoken.confirm": ("post", PLAN + "entered/{entry}/confirm/"),
    "spoken.refuse": ("post", PLAN + "entered/{entry}/refuse/"),
    "revision.publish": ("post", PLAN + "publish/"),
    "phase.advance": ("post", PLAN + "advance/"),
    "change.open": ("post", PLAN + "text-changes/"),
    "change.put_forward": ("post", PLAN + "text-changes/{number}/put/"),
    "correction.answer": ("post", PLAN + "text-changes/{number}/answer/"),
    "change.enforce": ("post", PLAN + "text-changes/{number}/enforce/"),
    "change.withdraw": ("post", PLAN + "text-changes/{number}/withdraw/"),
    "phase.reopen": ("post", PLAN + "reopen/"),
    "approval.submit": ("post", PLAN + "approval/submission/"),
    "approval.forward": ("post", PLAN + "approval/forwardings/"),
    "approval.ask_completion": ("post", PLAN + "approval/notices/"),
    "approval.complete": ("post", PLAN + "approval/notices/{notice}/completion/"),
    "approval.publish": ("post", PLAN + "approval/publication/"),
    "approval.file": ("post", PLAN + "approval/filings/"),
    "approval.correct": ("post", PLAN + "approval/letters/{letter}/corrections/"),
    "approval.reply": ("post", PLAN + "approval/reply/"),
    "approval.acknowledge": ("post", PLAN + "approval/acknowledge/"),
    "sign_off.open": ("post", PLAN + "sign-off/"),
    "position.draft": ("put", PLAN + "sign-off/prepared/"),
    "position.hand_up": ("post", PLAN + "sign-off/prepared/hand-up/"),
    "position.return": ("post", PLAN + "sign-off/prepared/return/"),
    "sign_off.close": ("post", PLAN + "sign-off/close/"),
    "sign_off.close_early": ("post", PLAN + "sign-off/close-early/"),
    "sign_off.prepare_close": ("post", PLAN + "sign-off/close/prepare/"),
    "sign_off.confirm_close": ("post", PLAN + "sign-off/close/confirm/"),
    "sign_off.refuse_close": ("post", PLAN + "sign-off/close/refuse/"),
    "sign_off.recall": ("post", PLAN + "sign-off/recall/"),
    "sign_off.withdraw": ("post", PLAN + "sign-off/end/"),
    "sign_off.adopt_part": ("post", PLAN + "sign-off/adoption/"),
    "reopening.ask": ("post", PLAN + "sign-off/reopening/"),
    "reopening.refuse": ("post", PLAN + "sign-off/reopening/{id}/refuse/"),
    "reopening.accept": ("post", PLAN + "reopen/{id}/accept/"),
    "condition.report": ("post", PLAN + "sign-off/conditions/{id}/report/"),
    "statement.number": ("post", PLAN + "statements/{id}/number/"),
    "breakdown.issue": ("post", PLAN + "breakdown/"),
    "programme.issue": ("post", PLAN + "programmes/{year}/"),
    "task.report": ("post", PLAN + "tasks/{number}/reports/"),
    "task.change": ("post", PLAN + "tasks/{number}/changes/"),
    "task.strike_off": ("post", PLAN + "tasks/{number}/strike-offs/"),
    "supervision.issue": ("post", PLAN + "supervision-notes/"),
    "supervision.reply": ("post", PLAN + "supervision-notes/{number}/replies/"),
    "supervision.judge": ("post", PLAN + "supervision-notes/{number}/verdicts/"),
    "meeting.plan": ("post", PLAN + "meetings/"),
    "meeting.edit": ("put", MEETING),
    "meeting.call": ("post", MEETING + "call/"),
    "meeting.cancel": ("post", MEETING + "cancel/"),
    "agenda.add": ("post", MEETING + "agenda/"),
    "agenda.edit": ("post", MEETING + "agenda/{item}/edit/"),
    "agenda.move": ("post", MEETING + "agenda/{item}/move/"),
    "agenda.remove": ("post", MEETING + "agenda/{item}/remove/"),
    "meeting.add_paper": ("post", MEETING + "papers/"),
    "meeting.remove_paper": ("post", MEETING + "papers/{paper}/remove/"),
    "attendance.answer": ("post", MEETING + "answer/"),
    "attendance.note": ("post", MEETING + "attendance/"),
    "decision.note": ("post", MEETING + "agenda/{item}/decision/"),
    "decision.open_ballot": ("post", MEETING + "agenda/{item}/ballot/"),
    "decision.close_ballot": ("post", MEETING + "agenda/{item}/close/"),
    "decision.close_without_result": ("post", MEETING + "agenda/{item}/close-without-result/"),
    "decision.recall_ballot": ("post", MEETING + "agenda/{item}/recall/"),
    "resolution.assign": ("post", MEETING + "agenda/{item}/task/"),
    "minutes.edit": ("post", MEETING + "minutes/"),
    "minutes.put_forward": ("post", MEETING + "minutes/put-forward/"),
    "minutes.comment": ("post", MEETING + "minutes/comments/"),
    "minutes.reply": ("post", MEETING + "minutes/comments/{comment}/reply/"),
    "minutes.confirm": ("post", MEETING + "minutes/confirm/"),
    "status.report": ("post", PLAN + "statuses/"),
    "blockage.to_matter": ("post", PLAN + "projects/{project}/reports/{number}/matter/"),
    "transfer.propose": ("post", PLAN + "transfers/"),
    "transfer.confirm": ("post", PLAN + "transfers/{number}/confirm/"),
    "compensation.propose": ("post", PLAN + "compensations/"),
    "compensation.confirm": ("post", PLAN + "compensations/{number}/confirm/"),
    "settlement.state": ("post", PLAN + "settlements/"),
    "settlement.confirm": ("post", PLAN + "settlements/{id}/confirm/"),
    "jurisdiction.rename": ("post", "/api/v1/jurisdictions/{code}/rename/"),
    "jurisdiction.succeed": ("post", "/api/v1/successions/"),
    "workdays.enter": ("post", "/api/v1/workdays/"),
    "reading.report": ("post", PLAN + "readings/"),
    "reading.import": ("post", PLAN + "readings/import/"),
    "case.answer": ("post", PLAN + "cases/{number}/answers/"),
    "case.view": ("post", PLAN + "cases/{number}/views/"),
    "case.raise": ("post", PLAN + "cases/{number}/raise/"),
    "case.close": ("post", PLAN + "cases/{number}/close/"),
    "mandate.grant": ("post", MANDATES),
    "mandate.claim": ("post", MANDATES + "claim/"),
    "mandate.substitute": ("post", MANDATES + "{id}/substitute/"),
    "mandate.refuse": ("post", MANDATES + "{id}/refuse/"),
    "mandate.end": ("post", MANDATES + "{id}/end/"),
    "organization.enter": ("post", "/api/v1/organizations/"),
    "organization.change": ("put", "/api/v1/organizations/{key}/"),
    "chain.define": ("post", "/api/v1/chains/"),
    "chain.begin": ("post", RUNS),
    "chain.pass": ("post", RUNS + "{id}/pass/"),
    "chain.send_back": ("post", RUNS + "{id}/send-back/"),
}
# act -> why no program does it
BY_FORM_ONLY = {
    "adjustment.answer": "a signatory's word that binds the jurisdiction: it is proved anew",
    "opinion.submit": "the one page of an invited person, mostly by a link: no token is given for it",
    "opinion.decline": "the one page of an invited person",
    "opinion.suggest": "the one page of an invited person",
    "opinion.ask_longer": "the one page of an invited person",
    "opinion.answer": "the one page of an invited person",
    "collective.sign": "the one page of an invited person: a signature of its own",
    "mandate.confirm": "what makes a signatory: the second person signs in again first",
    "account.resend": "a credential: the mail it sends opens an account",
    "account.withdraw": "a credential: it voids the link that opens an account",
    "round.begin": "the hour does it when an announced round opens",
    "invitation.count": "the hour does it when the claimed mandate has been confirmed",
    "party.give_notice": "it binds a jurisdiction: its signatory signs in again first",
    "party.recall_notice": "it binds a jurisdiction: its signatory signs in again first",
    "accession.take_position": "a position binds a jurisdiction: its signatory signs in again first",
    "base.take_position": "a position binds a jurisdiction: its signatory signs in again first",
    "report.take_position": "a position binds a jurisdiction: its signatory signs in again first",
    "charter.take_position": "a position binds a jurisdiction: its signatory signs in again first",
    "decision.take_position": "a position binds a jurisdiction: its signatory signs in again first",
    "override.prepare": "two persons adopt an item against its rule: each signs in again first",
    "override.confirm": "two persons adopt an item against its rule: each signs in again first",
    "override.refuse": "the signatory's word on an override: given where it would be confirmed",
    "position.take": "a position binds a jurisdiction: its signatory signs in again first",
    "position.prepare": "a position binds a jurisdiction: prepared and confirmed by form",
    "position.send_back": "a position binds a jurisdiction: prepared and confirmed by form",
    "condition.confirm": "it makes an agreement count: its party signs in again first",
    "reservation.lift": "it is a position: its signatory signs in again first",
    "position.enter_for": "a position binds a jurisdiction: entered and confirmed by form",
    "position.ad_referendum": "a position binds a jurisdiction: entered and confirmed by form",
    "statement.sign": "a signature binds a jurisdiction: its signatory signs in again first",
    "matters.import": "the library belongs to no plan: a command of the site's keepers",
    "known_projects.import": "known projects belong to no plan: a command of the site's keepers",
    "jurisdictions.import": "the map belongs to no plan: a command of the site's keepers",
    "regions.import": "the map belongs to no plan: a command of the site's keepers",
}
READING_ACTS = {"duty.oversee"}


@cache
def described() -> dict[str, Any]:
    """The description as programs read it, put together once."""
    return SchemaGenerator().get_schema(public=True)


@pytest.fixture(scope="module")
def operations() -> set[tuple[str, str]]:
    paths = described()["paths"]
    return {(method, path) for path, found in paths.items() for method in found}


def test_the_description_has_no_warning(tmp_path: Path) -> None:
    target = tmp_path / "openapi.yml"
    call_command("spectacular", "--validate", "--fail-on-warn", file=str(target))
    assert target.stat().st_size > 0


def parts(node: object) -> Iterator[dict[str, object]]:
    if isinstance(node, dict):
        yield node
    for inner in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from parts(inner)


def test_hours_are_described_without_a_zone_and_files_by_their_types() -> None:
    schema = described()
    assert [one for one in parts(schema) if one.get("format") == "time"] == []
    hours = schema["components"]["schemas"]["Round"]["properties"]["closes_hour"]
    assert re.fullmatch(hours["pattern"], "17:00:00")
    json = [one.get("application/json") for one in parts(schema)]
    assert [one for one in json if one == {"schema": {"type": "string", "format": "binary"}}] == []


def test_the_description_is_sent_in_either_language(world: World) -> None:
    client = Client()
    client.force_login(world.administrator)
    texts = {}
    for language in ("zh-hans", "en", "zh-hans"):
        answer = client.get("/api/v1/openapi.json", {"lang": language})
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
        texts.setdefault(language, answer.content)
        assert texts[language] == answer.content
    assert texts["zh-hans"] != texts["en"]
    # No program takes a position or signs: the description promises no operation for it.
    assert b"done by form only: positions, signatures" in texts["en"]
    assert "只能在表单上办理" in texts["zh-hans"].decode()
    unknown = client.get("/api/v1/openapi.json", {"format": "yaml"})
    assert (unknown.status_code, unknown["Content-Type"]) == (404, "application/json")


def test_every_operation_says_how_it_refuses() -> None:
    paths = described()["paths"]
    silent = [
        (method, path, code)
        for path, found in paths.items()
        for method, operation in found.items()
        for code in ("400", "401", "403", "404", *(("409",) if method != "get" else ()))
        if code not in operation["responses"]
    ]
    assert silent == []


def test_every_act_has_an_operation_or_a_reason() -> None:
    acts = {act for table in tables().values() for act in table}
    assert acts == OPERATIONS.keys() | BY_FORM_ONLY.keys() | READING_ACTS


def test_no_act_stands_in_two_tables() -> None:
    acts = [act for table in tables().values() for act in table]
    assert sorted(acts) == sorted(set(acts))


def test_every_operation_of_an_act_exists(operations: set[tuple[str, str]]) -> None:
    assert set(OPERATIONS.values()) - operations == set()


def test_every_writing_operation_does_an_act(operations: set[tuple[str, str]]) -> None:
    """What writes and is no act of a table is named here."""
    writing = {(method, path) for method, path in operations if method != "get"}
    assert writing - set(OPERATIONS.values()) == {
        ("post", "/api/v1/consensus/evaluate"),  # computes, keeps nothing
        ("post", PLAN + "charters/try/"),  # computes, keeps nothing
        ("post", "/api/v1/calendar/"),  # a person's own feeds
        ("post", "/api/v1/calendar/{id}/renew/"),
        ("post", "/api/v1/calendar/{id}/revoke/"),
        ("post", "/api/v1/notices/{id}/read/"),  # a person's own inbox
        ("post", "/api/v1/notices/{id}/unread/"),
        ("post", "/api/v1/notices/read-all/"),
        ("put", "/api/v1/notices/settings/"),
        ("post", "/api/v1/files/"),  # an upload says nothing until an act attaches it
        ("delete", "/api/v1/files/{id}/"),  # and is taken back before
        ("post", "/api/v1/jobs/{id}/cancel/"),  # a person's own long work
        ("post", PLAN + "draft/document/"),  # a job that makes a file of what one may read
        ("post", PLAN + "revisions/{number}/document/"),
        ("post", PLAN + "adoption-table/"),
        ("post", PLAN + "approval/reply/correct/"),  # approval.correct, of a reply
        ("post", PLAN + "archive/"),  # a job that makes a file of what one may read
        ("post", ROUND + "forms/"),  # a person's own preview: changes nothing of the round
        ("put", ROUND + "forms/{id}/"),
        ("delete", ROUND + "forms/{id}/"),
        ("post", ROUND + "forms/{id}/opinion/"),  # round.enter_opinion, with many
        ("post", PLAN + "dispositions/batches/"),  # disposition.decide for many comments
        ("post", PLAN + "answers/"),  # disposition.answer for several of one's own
        ("post", PLAN + "imports/"),  # a person's own preview: changes nothing of the plan
        ("put", PLAN + "imports/{id}/rows/{row}/"),
        ("delete", PLAN + "imports/{id}/"),
    }
