"""After the sign-off, by the pages: papers checked by a stranger, the dossier packed, a plan that is
returned and comes back changed, approved with a condition, and archived.

`make test` takes its steps by their pages without a browser, in `tests/consult/approval`.
"""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from docx import Document
from playwright.sync_api import Browser

from plans.register.models import Plan
from stakeholders.jobs.actions import run_jobs
from stakeholders.record.queries import check_chains
from stakeholders.terms.actor import SYSTEM, Role
from tests.consult.approval.reply_scene import drafted, signed, today
from tests.consult.phase3_identification.story import use_charter
from tests.journeys.visitor import Visitor
from tests.stakeholders.files import samples
from tests.world import PASSWORD, QINGPU, SHANGHAI, World, build_world

pytestmark = pytest.mark.browser
PLAN = "/plans/QWJ/"
APPROVAL, STATEMENT = f"{PLAN}approval/", f"{PLAN}statement/"
DOSSIER = f"{APPROVAL}dossier/"
OFFICE = "coordinator@joint.example"
RETURNED, CONDITION = "沪规退〔2026〕1号", "体检报告每年3月31日前报送并公布。"
REQUEST = {"number": "青吴嘉联报〔2026〕1号"}
NOTE = "附件三份，另送纸质件。"
PLACE = "https://plans.example/qwj"
WORD, PDF = b"PK\x03\x04", b"%PDF"
Visit = Callable[[str], Visitor]


@pytest.fixture
def world(site: str, monkeypatch: pytest.MonkeyPatch) -> World:
    """A plan whose common statement all have signed; the provinces are consulted."""
    use_charter(monkeypatch)
    with transaction.atomic():
        world = build_world()
        signed(world, drafted(world))
        world.mandate(SHANGHAI, Role.CONTACT_POINT)
    return world


@pytest.fixture
def visit(browser: Browser, site: str, world: World) -> Visit:
    known: dict[str, Visitor] = {}

    def as_(email: str) -> Visitor:
        if email not in known:
            known[email] = Visitor(browser, site).come_in(email, PASSWORD)
        return known[email]

    return as_


@pytest.mark.prove
def test_returned_changed_approved_archived(
    browser: Browser, visit: Visit, world: World, tmp_path: Path
) -> None:
    with override_settings(MEDIA_ROOT=str(tmp_path / "media")):
        office = visit(OFFICE)
        check_papers(office, tmp_path)
        assert refused_on_a_phone(browser, office.site, tmp_path) == []
        complete_dossier(office)
        submit(office)
        come_back(visit)
        with transaction.atomic():
            signed(world, Plan.objects.get(key="QWJ"))
        submit(office)
        approve(visit)
        archive(office, tmp_path)
    assert [office.strayed, visit(f"contact_point@{SHANGHAI}.example").strayed] == [[], []]
    assert [check.chain for check in check_chains() if check.fault] == []


def check_papers(office: Visitor, folder: Path) -> None:
    """The statement's papers are what they are called; the bundle holds before Python alone."""
    links = office.open(STATEMENT).page.locator("main a[data-download]").all()
    *files, bundle, verifier, _follows = [
        office.download(str(a.get_attribute("href"))) for a in links
    ]
    assert [one[:4] for one in files] == [WORD, PDF, WORD, PDF]
    assert alone(folder / "check", verifier, bundle)[0] == 0
    changed = bundle.replace("条文2".encode(), "条文9".encode())
    assert changed != bundle
    assert alone(folder / "check", verifier, changed)[0] == 1


def alone(folder: Path, verifier: bytes, content: bytes) -> tuple[int, str]:
    """What the verifier says of a file, in a folder that holds nothing but the two."""
    folder.mkdir(exist_ok=True)
    (folder / "verify.py").write_bytes(verifier)
    (folder / "given").write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", "given"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def refused_on_a_phone(browser: Browser, site: str, folder: Path) -> list[str]:
    """A request that papers are missing for keeps what was typed and its file, on 320 px too."""
    phone = Visitor(browser, site, viewport={"width": 320, "height": 640})
    phone.come_in(OFFICE, PASSWORD).open(f"{APPROVAL}submit/").fill({**REQUEST, "text": NOTE})
    (folder / "请示.pdf").write_bytes(samples.PDF)
    phone.page.set_input_files('main [name="file"]', folder / "请示.pdf")
    phone.send(status=422)
    assert phone.page.locator('main [name="text"]').input_value() == NOTE
    assert "请示.pdf" in phone.text("main form[enctype]")
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return phone.strayed


def complete_dossier(office: Visitor) -> None:
    """Packed as it is, it says what is missing; each is then left out with the reason."""
    links = office.open(DOSSIER).page.locator("section[aria-labelledby=missing-heading] a").all()
    missing = {str(a.get_attribute("href"))[1:]: a.inner_text().split(None, 1) for a in links}
    assert len(missing) > 3
    content = made(office.open(DOSSIER).send("/package/", by="zip"))
    told = office.text()
    packed = zipfile.ZipFile(io.BytesIO(content))
    rows = Document(io.BytesIO(packed.read("00-目录.docx"))).tables[0].rows
    catalogue = {row.cells[0].text: row.cells[3].text for row in rows}
    for number, name in missing.values():
        assert name in told
        assert "缺" in catalogue[number]
    office.open(f"{DOSSIER}arrange/").fill(
        {**{f"out-{key}": "另行报送。" for key in missing}, "reason": "上级来函"}
    ).send()
    assert not office.open(DOSSIER).lines("#missing-heading")


def made(visitor: Visitor) -> bytes:
    """Let the job run on whose page the visitor is, and take what it made."""
    run_jobs(actor=SYSTEM, seconds=60)
    visitor.page.reload()
    link = visitor.page.locator('main a[href$="/result/"]').first
    return visitor.download(str(link.get_attribute("href")))


def submit(office: Visitor) -> None:
    office.open(f"{APPROVAL}submit/").fill(REQUEST).send()
    assert REQUEST["number"] in office.text()


def reply(visitor: Visitor, outcome: str, number: str, item: str, text: str) -> None:
    visitor.open(f"{APPROVAL}reply/").fill(
        {
            "outcome": outcome,
            "number": number,
            "dated_on": f"{today():%Y-%m-%d}",
            "condition-0-item": item,
            "condition-0-text_zh": text,
        }
    ).send()


def come_back(visit: Visit) -> None:
    """Shanghai returns the second article; it goes back with the letter as the reason."""
    office = visit(OFFICE)
    reply(visit(f"contact_point@{SHANGHAI}.example"), "returned", RETURNED, "2", "写明体检办法。")
    link = office.open(f"{PLAN}gate/").page.locator("main ul.gate a").first
    office.open(str(link.get_attribute("href")))
    assert "第2项安排" in office.text()
    assert RETURNED in office.page.locator('main [name="reason"]').input_value()
    office.send()
    revise(office, "a2", "条文2，附体检办法。")


def revise(office: Visitor, key: str, text: str) -> None:
    office.open(f"{PLAN}text/provisions/{key}/").fill({"text_zh": text, "text_en": text}).send()


def approve(visit: Visit) -> None:
    """Approved with a condition on the third article: it alone changes, without new consent."""
    office, party = visit(OFFICE), visit(f"contact_point@{QINGPU}.example")
    reply(office, "with_conditions", "沪苏浙联批〔2026〕2号", "3", CONDITION)
    revise(office, "a3", CONDITION)
    office.open(f"{PLAN}publish/").send()
    party.open(f"{APPROVAL}acknowledge/")
    assert CONDITION in party.text()
    party.send()
    office.open(f"{APPROVAL}publish/").fill({"place": PLACE}).send()
    assert len(office.open(f"{PLAN}gate/").lines("main ul.gate > li > div")) == 2  # not noted yet


def archive(office: Visitor, folder: Path) -> None:
    """Both requests are in the package, and it holds by its own verifier."""
    file = folder / "package.zip"
    file.write_bytes(made(office.open(f"{PLAN}archive/").send()))
    call_command("archive", "verify", str(file), stdout=io.StringIO())
    with zipfile.ZipFile(file) as held:
        names = held.namelist()
        verifier = held.read("verify/standalone_archive.py")
        bundles = [held.read(one) for one in names if one.endswith("/bundle.json")]
        checker = held.read("verify/standalone_statement.py")
    assert alone(folder / "archive", verifier, file.read_bytes())[0] == 0
    statements = [one for one in bundles if alone(folder / "one", checker, one)[0] == 0]
    assert len(statements) == 2
