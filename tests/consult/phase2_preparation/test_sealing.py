"""Before the hour a sealed answer leaks on no surface: one test over those that hold answers, and
one over all pages of a plan, so that a page added later is asked, too."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest
import pytest_django
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from consult.phase2_preparation import actions
from consult.phase2_preparation.duties import duties
from consult.phase2_preparation.gate import blockers
from consult.phase2_preparation.models import CommentDraft, Round
from consult.phase2_preparation.queries import progress, visible_replies
from consult.phase2_preparation.steps import Letter, Opinion, Oral, Remark
from stakeholders.files.enums import LETTERS
from stakeholders.files.steps import keep
from stakeholders.notices.models import Notice, OutboxMessage
from stakeholders.record.models import RecordEntry
from stakeholders.terms import clock
from stakeholders.terms.actor import Role
from tests.consult.phase2_preparation.stage import Scene, later
from tests.consult.phase2_preparation.test_sight import client_of, office_client
from tests.stakeholders.files import samples
from tests.turns import in_turns
from tests.world import JIASHAN, KUNSHAN, QINGPU, WUJIANG

WORDS = "密封的意见内容"
PUBLIC = "群众的密封意见"
COVER = "密封的函件正文"
NUMBER = "密函〔2026〕44号"
FILE = "密函扫描件"
SPEAKER = "密语口头答复人"
SECRETS = (WORDS, PUBLIC, COVER, NUMBER, FILE, SPEAKER, "C01", "C02")

# Surface -> address below the plan's, or a whole one from the root.
SURFACES = {
    "round page": "rounds/1/",
    "list of rounds": "rounds/",
    "marks beside the text": "revisions/1/comments/",
    "dispositions, counts and work queue": "dispositions/",
    "dispositions, search": f"dispositions/?text={WORDS}",
    "adoption table": "adoption-table/csv/",
    "reasons of changes": "changes/",
    "gate": "gate/",
    "gate, publish page": "publish/",
    "who is late": "late/",
    "matters": "matters/",
    "amendments": "text/amendments/",
    "reading page": "text/read/",
    "working draft": "text/",
    "differences": "text/differences/",
    "entered acts": "entered/",
    "since the last visit": "since/",
    "overview": "",
    "item": "items/aim/",
    "desk": "/",
    "inbox": "/notices/",
    "own files": "/files/",
    "API: comments": "/api/v1/plans/QWJ/comments/",
    "API: rounds": "/api/v1/plans/QWJ/rounds/",
    "API: who was asked": "/api/v1/plans/QWJ/rounds/1/",
    "API: extensions": "/api/v1/plans/QWJ/rounds/1/extensions/",
    "API: drafts": "/api/v1/plans/QWJ/rounds/1/drafts/",
    "API: duties": "/api/v1/plans/QWJ/duties/",
    "API: gate": "/api/v1/plans/QWJ/gate/",
    "API: audits": "/api/v1/plans/QWJ/audits/",
    "API: notices": "/api/v1/notices/",
}
SHOWN_AFTER = {
    "round page": (WORDS, FILE),
    "dispositions, counts and work queue": (WORDS, "C01"),
    "adoption table": (WORDS, "C01"),
    "API: comments": (WORDS, PUBLIC),
}


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: pytest_django.Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def sealed(scene: Scene) -> Round:
    """Wujiang answered orally with two comments and a letter; the office entered an opinion."""
    one = scene.open(
        closes_on=later(5), is_sealed=True, kind="urgent", codes=[WUJIANG, JIASHAN, KUNSHAN]
    )
    scene.draft(one, WUJIANG, item="aim", text=WORDS)
    CommentDraft.objects.update(state="cleared")
    user = scene.world.user(WUJIANG, Role.CONTACT_POINT)
    upload = samples.upload(samples.PDF, f"{FILE}.pdf")
    actions.submit_reply(
        actor=scene.actor(WUJIANG),
        plan=scene.plan,
        one=one,
        letter=Letter(number=NUMBER, file=keep(upload=upload, person_id=user.pk, kinds=LETTERS)),
        text=COVER,
        oral=Oral(by=SPEAKER, at=clock.now()),
    )
    actions.enter_opinion(
        actor=scene.office,
        plan=scene.plan,
        one=one,
        source="public",
        opinions=[Opinion(remark=Remark(type="general", text_zh=PUBLIC), item_key="water")],
        letter=Letter(),
    )
    return one


def readers(scene: Scene) -> dict[str, Client]:
    return {
        "another party": client_of(scene, JIASHAN),
        "its planner": client_of(scene, JIASHAN, Role.PLANNER),
        "a neighbour": client_of(scene, KUNSHAN),
        "joint office": office_client(scene),
    }


def text_of(client: Client, address: str) -> str:
    """What an answer says in words, also inside a workbook or another packed file."""
    response = client.get(address if address.startswith("/") else f"/plans/QWJ/{address}")
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    for close in response._resource_closers if response.streaming else ():
        close()  # not the response itself: that would close the test's connection
    if not is_zipfile(BytesIO(raw)):
        return raw.decode("utf-8", "replace")
    with ZipFile(BytesIO(raw)) as packed:
        return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def leaks(text: str, address: str) -> list[str]:
    said = text.replace(WORDS, "") if "?text=" in address else text
    # Not within a longer word: a random token of a form may hold the letters of a number.
    return [one for one in SECRETS if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", said, re.ASCII)]


@in_turns(2)
def test_a_sealed_answer_leaks_on_no_surface(scene: Scene, sealed: Round, of: int) -> None:
    """Each surface as if it were the first that the reader asks; in a sample for two of the four."""
    found, asked = {}, list(readers(scene).items())
    for turn, (name, address) in enumerate(SURFACES.items()):
        for who, client in asked[turn % of :: of]:
            with transaction.atomic():
                found[name, who] = leaks(text_of(client, address), address)
                transaction.set_rollback(True)
    assert {where: secrets for where, secrets in found.items() if secrets} == {}


@pytest.mark.parametrize("name", SHOWN_AFTER)
def test_at_the_hour_it_shows_on(scene: Scene, sealed: Round, name: str) -> None:
    """The same addresses do show it afterwards: the tests above look at the right place."""
    with time_machine.travel(sealed.closes_at, tick=False):
        text = text_of(client_of(scene, JIASHAN), SURFACES[name])
    assert [secret in text for secret in SHOWN_AFTER[name]] == [True] * len(SHOWN_AFTER[name])


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path)
        elif isinstance(entry, URLPattern):
            yield path


@in_turns(4)
def test_no_page_of_the_plan_knows_of_it(scene: Scene, sealed: Round, of: int) -> None:
    """What holds an answer stands in SURFACES; of all others `make test` asks some."""
    pages = sorted(
        "/" + path.replace("<slug:key>", "QWJ")
        for path in set(addresses(get_resolver()))
        if "<slug:key>" in path and path.count("<") == 1
    )
    assert len(pages) > 80
    client = client_of(scene, JIASHAN)
    found = {page: leaks(text_of(client, page), page) for page in pages[::of]}
    assert {page: secrets for page, secrets in found.items() if secrets} == {}


def test_notices_and_mails_tell_only_that_somebody_answered(scene: Scene, sealed: Round) -> None:
    told = [*Notice.objects.values_list("title_zh", flat=True)]
    told += Notice.objects.values_list("title_en", flat=True)
    told += OutboxMessage.objects.values_list("body", flat=True)
    told += OutboxMessage.objects.values_list("subject", flat=True)
    assert told
    assert [text for text in told if leaks(text, "")] == []


def test_the_record_holds_a_commitment_only(scene: Scene, sealed: Round) -> None:
    rows = RecordEntry.objects.filter(act__in=["reply.submit", "round.enter_opinion"])
    payloads = list(rows.values_list("payload", flat=True))
    assert [("commitment" in text, '"content"' in text) for text in payloads] == [(True, False)] * 2
    assert [text for text in payloads if leaks(text, "")] == []


def test_duties_and_gate_count_none_of_it(scene: Scene, sealed: Round) -> None:
    owed = [(d.kind, d.holder_code) for d in duties(plans=[scene.plan], now=clock.now())]
    assert owed == [("round.answer", KUNSHAN), ("round.answer", JIASHAN)]
    codes = [b.code for b in blockers(plan=scene.plan) if b.code != "paper.missing"]
    assert codes == [
        "round.open",
        "item.unconsulted",
        "item.unconsulted",
        "revision.not_frozen",
    ]


def test_the_office_reads_not_even_what_it_entered(scene: Scene, sealed: Round) -> None:
    assert list(visible_replies(actor=scene.office, plan=scene.plan)) == []
    rows = {r.name: r for r in progress(actor=scene.actor(QINGPU), one=sealed) if r.has_answered}
    assert [
        (r.standing.value, r.comments, r.reply, r.is_late, r.waits_for_letter)
        for r in rows.values()
    ] == [("answered", None, None, False, False)]


def test_the_administration_lists_no_answer(scene: Scene, sealed: Round) -> None:
    scene.world.administrator.is_superuser = True
    scene.world.administrator.save()
    admin = Client()
    admin.force_login(scene.world.administrator)
    for name in ("reply", "comment", "replyletter", "symposium", "disposition"):
        assert admin.get(f"/admin/consult/{name}/").status_code == 404
    for name in ("round", "roundinvitee", "roundextension"):
        page = admin.get(f"/admin/consult/{name}/")
        assert (page.status_code, leaks(page.content.decode(), "")) == (200, [])


def test_a_letter_added_to_a_sealed_answer_is_sealed_with_it(scene: Scene) -> None:
    one = scene.open(kind="urgent", is_sealed=True, codes=[WUJIANG, JIASHAN], closes_on=later(5))
    reply = actions.submit_reply(
        actor=scene.actor(WUJIANG),
        plan=scene.plan,
        one=one,
        letter=Letter(),
        is_nil=True,
        oral=Oral(by=SPEAKER, at=clock.now()),
    )
    user = scene.world.user(WUJIANG, Role.CONTACT_POINT)
    stored = keep(
        upload=samples.upload(samples.PDF, f"{FILE}.pdf"), person_id=user.pk, kinds=LETTERS
    )
    actions.add_letter(
        actor=scene.actor(WUJIANG),
        plan=scene.plan,
        reply=reply,
        letter=Letter(number=NUMBER, on=clock.now().date(), issuer="吴江区", file=stored),
    )
    url = f"/plans/QWJ/replies/{reply.pk}/later-letter/"
    assert client_of(scene, JIASHAN).get(url).status_code == 404
    assert leaks(text_of(client_of(scene, JIASHAN), "rounds/1/"), "") == []
    payload = RecordEntry.objects.get(act="reply.add_letter").payload
    assert ("commitment" in payload, '"content"' in payload) == (True, False)
    with time_machine.travel(one.closes_at, tick=False):
        assert samples.status(client_of(scene, JIASHAN), url) == 200
