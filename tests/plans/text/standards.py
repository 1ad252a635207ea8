"""Common standards for tests, as the five of a real table."""

from plans.text.norms import Norm, Source
from tests.world import JIASHAN, QINGPU, WUJIANG

SETBACK = Norm(
    title_zh="河道蓝线后退距离",
    title_en="Setback from the river line",
    unit="m",
    strictness="higher",
    sources=(
        Source(key=QINGPU, value="10", document="青浦区河道蓝线专项规划"),
        Source(key=WUJIANG, value="8"),
        Source(key=JIASHAN, value="6"),
        Source(key="x1", value="15", name_zh="国际先进值", name_en="Advanced practice"),
    ),
    agreed="10",
    choice="highest",
    reason_zh="就高取青浦值",
    reason_en="The highest, of Qingpu",
    strength="binding",
)
HEIGHT = Norm(
    title_zh="滨水新建建筑高度",
    title_en="Height of new waterside buildings",
    unit="m",
    strictness="lower",
    sources=(
        Source(key=QINGPU, value="12"),
        Source(key=WUJIANG, value="10"),
        Source(key=JIASHAN, value="10"),
        Source(key="x1", value="9", name_zh="国际先进值"),
    ),
    agreed="10",
    choice="other",
    reason_zh="与风貌条款一致",
)
DRAINS = Norm(
    title_zh="雨水管渠设计重现期",
    title_en="Return period of storm drains",
    unit="年",
    strictness="higher",
    sources=(
        Source(key=QINGPU, value="5"),
        Source(key=WUJIANG, value="3"),
        Source(key=JIASHAN, value="3"),
        Source(key="national", value="3", document="GB 50014"),
    ),
    agreed="5",
    choice="highest",
)
