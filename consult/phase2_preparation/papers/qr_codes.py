"""QR codes of papers: a short text that a phone reads from a printed page. No database."""

from io import BytesIO

import segno

from consult.phase2_preparation.papers.shape import Picture

SCALE = 8  # dots of the PNG for a module: sharp in print at the sizes of a form
QUIET = 2  # modules left white around; the cell's own margin adds the rest


def qr_code(text: str, *, millimetres: int, told: str, caption: str = "") -> Picture:
    """The code of `text`; 15% of it may be soiled (error level M). The same text, the same bytes."""
    code = segno.make(text, error="m", micro=False)
    png, svg = BytesIO(), BytesIO()
    code.save(png, kind="png", scale=SCALE, border=QUIET)
    code.save(svg, kind="svg", border=QUIET, xmldecl=False, nl=False)
    return Picture(
        png=png.getvalue(),
        svg=svg.getvalue().decode(),
        millimetres=millimetres,
        told=told,
        caption=caption,
    )
