from hypothesis import given, settings

from plans.text.documents.edition import Edition
from plans.text.documents.pdf_writing import write_pdf
from plans.text.documents.shape import DocumentChapter, DocumentProvision, PlanDocument
from plans.text.wording import Wording
from tests.plans.text.documents.documents import plan_documents

COMMANDS = (
    '#import "/etc/passwd"\n\n#panic() $x$ \\ @label <label> _a_ *b* `c` // d /* e = f [g] #{h}'
)


def test_commands_of_typst_are_words() -> None:
    """A text that ran would raise: there is no such file, and panic stops the typesetting."""
    wording = Wording(title_zh=COMMANDS[:60], text_zh=COMMANDS, text_en=COMMANDS)
    chapter = DocumentChapter(
        title_zh="#panic()", provisions=(DocumentProvision(wording=wording, number="1"),)
    )
    document = PlanDocument(title_zh="#panic()", chapters=(chapter,))
    assert write_pdf(document, Edition(plan="#panic()")).startswith(b"%PDF-")


@settings(max_examples=8, deadline=None)
@given(document=plan_documents())
def test_any_text_is_set_and_the_same_bytes_come_twice(document: PlanDocument) -> None:
    edition = Edition(plan="QWJ", hash="sha256:0", is_draft=True)
    assert write_pdf(document, edition) == write_pdf(document, edition)
