"""The legend of the map names who is in each class, and who has not reported."""

from types import SimpleNamespace as Unit

from consult.phase4_implementation.outlook import Band, Piece, ValueMap


def piece(name: str, shade: int) -> Piece:
    return Piece(unit=Unit(name=name), path="", shade=shade, value="1")  # type: ignore[arg-type]


def test_legend_names_units_of_each_class_and_the_silent() -> None:
    first, second, silent = piece("a", 1), piece("b", 2), piece("c", 0)
    bands = [Band(shade=n, low=str(n), high=str(n + 1)) for n in (1, 2, 3)]
    found = ValueMap(pieces=[first, second, silent], bands=bands, width=1, height=1, period="2026")
    assert found.legend == [(bands[0], [first]), (bands[1], [second]), (bands[2], [])]
    assert found.silent == [silent]
