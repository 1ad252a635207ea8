"""Chinese numerals as headings of official texts use them. Pure."""

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
LARGEST = 9_999


def chinese_number(number: int) -> str:
    """16 -> 十六, 103 -> 一百零三. ValueError outside 1 to 9,999."""
    if not 1 <= number <= LARGEST:
        raise ValueError(f"no Chinese numeral for {number}")
    told, is_gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            is_gap = bool(told)
            continue
        told += ("零" if is_gap else "") + DIGITS[digit] + PLACES[place]
        is_gap = False
    return told.removeprefix("一") if told.startswith("一十") else told


def chapter_sign(number: int) -> str:
    return f"第{chinese_number(number)}章"


def article_sign(number: str) -> str:
    """第十六条 for "16"; a number that is none (I1) stands as it is."""
    is_number = number.isascii() and number.isdigit() and 1 <= int(number) <= LARGEST
    return f"第{chinese_number(int(number))}条" if is_number else number
