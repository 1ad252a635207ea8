"""The documents are found: README leads to each of them, and to nothing that is not there."""

import re

from config.launch.terms import SOURCE

README = (SOURCE / "README.md").read_text(encoding="utf-8")
LINKED = {target.partition("#")[0] for target in re.findall(r"\]\(([^):]+)\)", README)}


def test_readme_links_every_document() -> None:
    documents = {f"docs/{path.name}" for path in (SOURCE / "docs").glob("*.md")}
    assert len(documents) > 30
    assert sorted(documents - LINKED) == []


def test_what_readme_links_is_there() -> None:
    assert [target for target in sorted(LINKED) if not (SOURCE / target).exists()] == []
