from pathlib import Path

from stakeholders.files.enums import DOCUMENTS, Scan
from stakeholders.files.steps import keep
from stakeholders.terms.actor import Role
from tests.stakeholders.files import samples
from tests.world import QINGPU, World


def test_keep_puts_the_bytes_below_their_hash(world: World, media: Path) -> None:
    person = world.user(QINGPU, Role.CONTACT_POINT)
    stored = keep(
        upload=samples.upload(samples.PDF, "复函 青浦.pdf"), person_id=person.pk, kinds=DOCUMENTS
    )
    place = media / stored.sha256[:2] / stored.sha256[2:4] / stored.sha256
    assert (stored.name, stored.media_type, stored.size, stored.scan) == (
        "复函 青浦.pdf",
        "application/pdf",
        len(samples.PDF),
        Scan.UNSCANNED,
    )
    assert place.read_bytes() == samples.PDF
    assert place.stat().st_mode & 0o777 == 0o640
    assert list((media / "incoming").iterdir()) == []
