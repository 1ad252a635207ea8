"""Pictures of a Word file: how they stand in the text, and the parts of the archive they make."""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from consult.phase2_preparation.papers.shape import Picture, plain
from plans.text.documents.docx_styles import R

EMU = 36_000  # Word measures drawings in these; so many are a millimetre
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


class Pictures:
    """The pictures met while a document is written, each kept once."""

    def __init__(self) -> None:
        self.found: dict[bytes, int] = {}
        self.drawn = 0

    def drawing(self, picture: Picture) -> str:
        """The element that shows the picture within a line."""
        number = self.found.setdefault(picture.png, len(self.found) + 1)
        self.drawn += 1
        side = picture.millimetres * EMU
        high = (picture.height or picture.millimetres) * EMU
        told = quoteattr(plain(picture.told))
        name = f'id="{self.drawn}" name="{number}.png" descr={told}'
        return (
            f'<w:drawing><wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0"'
            f' distL="0" distR="0"><wp:extent cx="{side}" cy="{high}"/><wp:docPr {name}/>'
            f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
            f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {name}/>'
            f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture{number}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
            f'<a:off x="0" y="0"/><a:ext cx="{side}" cy="{high}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )

    def relations(self) -> Iterator[tuple[str, str, str]]:
        for number in self.found.values():
            yield f"rIdPicture{number}", f"{R}/image", f"media/{number}.png"

    def files(self) -> Iterator[tuple[str, bytes]]:
        for png, number in self.found.items():
            yield f"word/media/{number}.png", png
