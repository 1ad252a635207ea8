"""Delivered folders to import from: ours, and small ones made by a test."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import translation

from stakeholders.jurisdictions.actions import DATA, import_jurisdictions, import_regions
from stakeholders.jurisdictions.models import Adjacency, Jurisdiction, Region, RegionMember
from stakeholders.record.models import RecordEntry
from stakeholders.terms.actor import SYSTEM

UNITS = """\
code,parent_code,level,type_zh,type_en,name_zh,name_en,name_en_unique,short_zh,short_en,lon,lat
100000,,country,国家,country,中国,China,China,中国,China,,
310000,100000,province,直辖市,municipality,上海市,Shanghai,Shanghai,上海,Shanghai,121.4,31.1
310118,310000,county,市辖区,district,青浦区,Qingpu,Qingpu,青浦,Qingpu,121.1,31.1
320000,100000,province,省,province,江苏省,Jiangsu,Jiangsu,江苏,Jiangsu,120.0,32.9
320509,320000,county,市辖区,district,吴江区,Wujiang,Wujiang,吴江,Wujiang,120.6,31.0
"""
PAIRS = """\
level,code_a,code_b,relation,shared_km
county,310118,320509,border,12.7
"""
REGIONS = """\
region_id,year,year_ended,name_en,name_zh,kind,member_count,members_status,source
ONE,2019,,One,一区,pairing,2,by-name,somewhere
"""
MEMBERS = """\
region_id,code,role,extent,source
ONE,310118,helper,whole,somewhere
ONE,320509,helped,Lili Town,somewhere
"""
TABLES = {
    "jurisdictions.csv": UNITS,
    "adjacency.csv": PAIRS,
    "regions.csv": REGIONS,
    "region_members.csv": MEMBERS,
}
Spoil = Callable[[str, str, str], None]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def bare(db) -> None:
    """No map at all, whatever the site was set up with."""
    for table in (RegionMember, Region, Adjacency):
        table.objects.all().delete()
    Jurisdiction.objects.update(parent=None, successor=None)
    Jurisdiction.objects.all().delete()


@pytest.fixture
def acts(db) -> Callable[[], list[str]]:
    """The acts on the record since the test began, in order."""
    before = RecordEntry.objects.count()
    return lambda: list(RecordEntry.objects.order_by("pk").values_list("act", flat=True))[before:]


@pytest.fixture
def delta(db):
    """The delivered layer of the project, imported."""
    import_jurisdictions(actor=SYSTEM)
    import_regions(actor=SYSTEM)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five units, one border, one region."""
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def spoil(folder: Path) -> Spoil:
    """Replace a text that stands once in a file of the folder."""

    def replace(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def our_folder(tmp_path: Path) -> Path:
    """A copy of the project's own data."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def reader(db, client: Client) -> Client:
    """Somebody signed in, without any mandate."""
    person = get_user_model().objects.create(email="reader@example.org")
    client.force_login(person)
    return client
