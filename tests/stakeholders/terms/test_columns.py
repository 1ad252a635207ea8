"""The order of a list in its address."""

from stakeholders.terms.columns import Offer, asked_order, columns

OFFERS = {
    "name": Offer(label="Name"),
    "area": Offer(label="Area", is_number=True),
    "letter": Offer(label="Letter", is_sortable=False),
}


def test_what_is_not_offered_falls_back() -> None:
    asked = ["area", "-name", "letter", "-letter", "password", ""]
    found = [asked_order(one, OFFERS, default="name") for one in asked]
    assert found == ["area", "-name", "name", "name", "name", "name"]


def test_headings_keep_the_filters_and_turn_the_present_order() -> None:
    found = columns("page=3&sort=name&text=%E5%8C%BA&kind=a&kind=b", OFFERS, order="name")
    kept = "?text=%E5%8C%BA&kind=a&kind=b"
    assert [(one.url, one.order) for one in found] == [
        (f"{kept}&sort=-name", "ascending"),
        (f"{kept}&sort=-area", ""),
        ("", ""),
    ]


def test_a_falling_order_turns_to_rising() -> None:
    found = columns("sort=-area", OFFERS, order="-area")
    assert [(one.url, one.order) for one in found[:2]] == [
        ("?sort=name", ""),
        ("?sort=area", "descending"),
    ]
