"""Vendored files name version and licence; pages carry nothing inline and ask no other host."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
OWN_SCRIPTS = sorted((STATIC / "js").rglob("*.js"))
# As sent, compressed; 9 KiB until pieces stayed fresh by themselves (polling.js) and deciding by keys
# kept its place (page.js).
OWN_SCRIPT_LIMIT = 10 * 1024

# Folder -> why its templates may hold style attributes.
STYLED = {
    "templates/stakeholders/notices/mail": "a mail reader loads no style sheet and cuts <style> out",
}

TEMPLATE_TAG = re.compile(r"{%.*?%}|{#.*?#}|{{.*?}}", re.DOTALL)
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}", re.DOTALL)
INLINE = {
    "inline script": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json[\"'])[^>]*>", re.IGNORECASE
    ),
    "inline style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event handler attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script in htmx attribute": re.compile(
        r"\shx-(on|vals|headers)[^=\s]*\s*=\s*[\"'](js:|javascript:)|\shx-on[:-]", re.IGNORECASE
    ),
    "javascript address": re.compile(r"=\s*[\"']javascript:", re.IGNORECASE),
}
OTHER_HOST = re.compile(
    r"(?:src|href|action|srcset|poster|hx-[a-z]+)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
)
OTHER_HOST_CSS = re.compile(r"@import|url\(\s*[\"']?(?!data:)(?:https?:)?//", re.IGNORECASE)
OTHER_HOST_JS = re.compile(r"(?:https?|wss?)://", re.IGNORECASE)


def inline_findings(source: str) -> list[str]:
    text = TEMPLATE_TAG.sub("x", COMMENT.sub("", source))
    return [name for name, pattern in INLINE.items() if pattern.search(text)]


def vendor_rows() -> dict[str, tuple[str, str, str]]:
    rows = {}
    for line in (VENDOR / "README.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "name":
            rows[cells[0]] = (cells[1], cells[2], cells[3])
    return rows


def test_vendor_folders_are_listed_with_version_licence_and_source() -> None:
    folders = {
        folder.name.rpartition("-")[0]: folder.name.rpartition("-")[2]
        for folder in VENDOR.iterdir()
        if folder.is_dir()
    }
    rows = vendor_rows()
    assert {name: row[0] for name, row in rows.items() if name != "axe-core"} == folders
    assert [name for name, row in rows.items() if not row[1] or row[0] not in row[2]] == []


def test_vendor_folders_carry_their_licence() -> None:
    assert [
        folder.name
        for folder in VENDOR.iterdir()
        if folder.is_dir() and not (folder / "LICENSE").is_file()
    ] == []


def test_axe_is_the_listed_version_with_licence() -> None:
    folder = ROOT / "tests" / "browser"
    assert f"axe v{vendor_rows()['axe-core'][0]}" in (folder / "axe.min.js").read_text()[:200]
    assert (folder / "axe.LICENSE").is_file()


def test_vendored_files_name_no_source_map() -> None:
    files = [*VENDOR.rglob("*.css"), *VENDOR.rglob("*.js")]
    assert [file.name for file in files if "sourceMappingURL" in file.read_text()] == []


def test_own_scripts_stay_small() -> None:
    assert sum(len(gzip.compress(file.read_bytes())) for file in OWN_SCRIPTS) < OWN_SCRIPT_LIMIT


def test_templates_have_nothing_inline() -> None:
    findings = {
        str(file.relative_to(ROOT)): inline_findings(file.read_text()) for file in TEMPLATES
    }
    styled = {file for file in findings if str(Path(file).parent) in STYLED}
    assert [found for file in styled if (found := findings.pop(file)) != ["style attribute"]] == []
    assert {file: found for file, found in findings.items() if found} == {}


@pytest.mark.parametrize(
    ("source", "finding"),
    [
        ("<script>alert(1)</script>", "inline script"),
        ("<script type='module'>x</script>", "inline script"),
        ("<style>p{}</style>", "inline style element"),
        ('<p class="a"\n   style="color:red">', "style attribute"),
        ('<a href="/" onclick="x()">', "event handler attribute"),
        ('<div hx-vals="js:{a: 1}">', "script in htmx attribute"),
        ('<div hx-on:click="x()">', "script in htmx attribute"),
        ('<a href="javascript:x()">', "javascript address"),
    ],
)
def test_inline_scan_finds_a_planted_case(source: str, finding: str) -> None:
    assert inline_findings(source) == [finding]


def test_inline_scan_accepts_script_files_and_json_data() -> None:
    by_file = "<script type='module' src='{% static 'a.js' %}'></script>"
    assert inline_findings(by_file + "<script type='application/json'>{}</script>") == []


def test_no_page_asks_another_host() -> None:
    templates = [file.name for file in TEMPLATES if OTHER_HOST.search(file.read_text())]
    styles = [
        file.name for file in STATIC.rglob("*.css") if OTHER_HOST_CSS.search(file.read_text())
    ]
    scripts = [file.name for file in OWN_SCRIPTS if OTHER_HOST_JS.search(file.read_text())]
    assert (templates, styles, scripts) == ([], [], [])


def test_static_files_named_in_templates_exist() -> None:
    names = {
        name
        for file in TEMPLATES
        for name in re.findall(r"{% static ['\"]([^'\"]+)['\"] %}", file.read_text())
    }
    third_party = ("account/", "mfa/", "admin/")
    assert (
        sorted(
            name
            for name in names
            if not name.startswith(third_party) and not (STATIC / name).is_file()
        )
        == []
    )


def test_icons_named_in_templates_are_in_the_sprite() -> None:
    symbols = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    named = {
        name
        for file in TEMPLATES
        for tag in re.findall(r"{% include [^%]*%}", file.read_text())
        for name in re.findall(r'(?:icon\.html" with (?:[^%]*\s)?name|\sicon)="([^"]+)"', tag)
    }
    assert sorted(named - symbols) == []


def test_links_and_forms_of_htmx_work_without_it() -> None:
    broken = []
    for file in TEMPLATES:
        text = TEMPLATE_TAG.sub("x", COMMENT.sub("", file.read_text()))
        for tag in re.findall(r"<(?:a|form)\b[^>]*\shx-(?:get|post)[^>]*>", text):
            wanted = "href=" if tag.startswith("<a") else "method="
            if wanted not in tag:
                broken.append(f"{file.name}: {tag}")
    assert broken == []


def test_templates_stay_short() -> None:
    lengths = sorted(len(file.read_text().splitlines()) for file in TEMPLATES)
    assert lengths[int(len(lengths) * 0.95)] <= 100
