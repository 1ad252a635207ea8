"""Inside a site: rows of every kind, a kept file, secrets that open something, mail that waits."""

import json
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from consult.demonstration.actions import load_demonstration
from consult.desk.feeds.actions import make_feed
from consult.phase3_identification.bundle import bundle_text
from consult.phase3_identification.models import CommonStatement, Declaration
from consult.phase3_identification.receipts import receipt_of
from stakeholders.files.actions import upload_file
from stakeholders.files.enums import DOCUMENTS
from stakeholders.files.models import StoredFile
from stakeholders.files.storage import place_of
from stakeholders.notices.models import OutboxMessage
from stakeholders.people.actions import make_token
from stakeholders.people.models import Mandate
from stakeholders.people.queries import actor_of
from stakeholders.terms import clock
from stakeholders.terms.actor import SYSTEM, Role
from tests.architecture import rights_world
from tests.stakeholders.files import samples
from tests.world import build_world


@transaction.atomic
def lay(*, demonstration: bool = False) -> None:
    """Everything; with `demonstration` the whole plans in place of a small one of each phase."""
    if demonstration:
        load_demonstration(actor=SYSTEM, checkpoint="S3")
    else:
        rights_world.lay(build_world(), is_implemented=True)
    _secrets()


def add_file() -> None:
    """A letter of the first contact point, with its bytes."""
    mandate = Mandate.objects.filter(role=Role.CONTACT_POINT.value).earliest("pk")
    upload = SimpleUploadedFile("复函.pdf", samples.PDF, "application/pdf")
    upload_file(actor=actor_of(mandate), upload=upload, kinds=DOCUMENTS)


def _secrets() -> None:
    """A token, a feed, a session, a mail that waits and one with a link, of one person."""
    mandate = Mandate.objects.filter(role=Role.CONTACT_POINT.value).earliest("pk")
    actor, user = actor_of(mandate), mandate.user
    make_token(actor=actor, user=user, name="drill", days=30)
    make_feed(actor=actor)
    Client().force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    plain = {"recipient": user.email, "subject": "S", "body": "B", "created_at": clock.now()}
    OutboxMessage.objects.create(dedupe_key="drill.plain", **plain)
    OutboxMessage.objects.create(dedupe_key="drill.secret", is_secret=True, **plain)


def papers(*, folder: str) -> dict[str, int]:
    """Write the bundle of each statement and each declaration's receipt, as people keep them."""
    statements = CommonStatement.objects.select_related("sign_off__plan").order_by("pk")
    for row in statements:
        text = bundle_text(plan=row.sign_off.plan, statement=row)
        Path(folder, f"statement-{row.pk}.json").write_text(text, encoding="utf-8")
    declarations = Declaration.objects.select_related("sign_off__plan").order_by("pk")
    for one in declarations:
        text = receipt_of(one.sign_off.plan, one).text
        Path(folder, f"receipt-{one.pk}.json").write_text(text, encoding="utf-8")
    return {"statements": len(statements), "receipts": len(declarations)}


def files() -> dict[str, list[str]]:
    """The hashes of the files the rows name, and those whose bytes do not lie there."""
    named = sorted(set(StoredFile.objects.values_list("sha256", flat=True)))
    return {"named": named, "missing": [one for one in named if not place_of(one).is_file()]}


def doors() -> dict[str, Any]:
    """What would open something, or leave, in this database."""
    waiting = OutboxMessage.objects.filter(sent_at__isnull=True)
    return {
        "mails that would leave": waiting.filter(held_at__isnull=True).count(),
        "secret texts": waiting.filter(is_secret=True).exclude(body="").count(),
        "mails waiting": waiting.count(),
    }


def pages() -> dict[str, int]:
    """Address -> status of the pages a contact point reads first, and of each plan it sees."""
    mandate = Mandate.objects.filter(role=Role.CONTACT_POINT.value, plan_key="").earliest("pk")
    client = Client(SERVER_NAME="localhost")
    client.force_login(mandate.user, backend="django.contrib.auth.backends.ModelBackend")
    listed = json.loads(client.get("/api/v1/plans/").content)
    rows = listed["results"] if isinstance(listed, dict) else listed
    paths = ["/", "/plans/", *(f"/plans/{row['key']}/" for row in rows)]
    return {path: client.get(path).status_code for path in paths}
