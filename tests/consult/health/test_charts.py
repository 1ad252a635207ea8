"""The bars of an edition: what is drawn over what."""

import re
from decimal import Decimal

from consult.health.charts import Bar, Level, bars_chart


def test_a_level_close_by_does_not_cross_the_name_of_another() -> None:
    levels = [
        Level(name="预警值", value=Decimal("66.54")),
        Level(name="控制值", value=Decimal("66.54")),
    ]
    bars = [Bar(label="规划全域", value=Decimal("66.54"), said="66.54 (2025)")]
    svg = bars_chart(title="I2", unit="万亩", bars=bars, levels=levels).svg
    drawn = re.findall(r"<line|(?<=>)[预控]..(?=</text>)", svg)
    assert drawn == ["<line", "<line", "预警值", "预警值", "控制值", "控制值"]
    assert svg.count('stroke="#ffffff"') == 2
