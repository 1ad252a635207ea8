"""Row writes of text blocks."""

from dataclasses import asdict, dataclass

from consult.phase2_preparation.models import TextBlock
from plans.register.models import Plan


@dataclass(frozen=True, kw_only=True)
class BlockText:
    """What a text block says: its title, the outcome it belongs to, and its text."""

    title: str
    outcome: str = ""
    text_zh: str = ""
    text_en: str = ""


def keep_block(*, plan: Plan, text: BlockText) -> TextBlock:
    return TextBlock.objects.create(plan=plan, **asdict(text))


def change_block(*, block: TextBlock, text: BlockText) -> None:
    for name, value in asdict(text).items():
        setattr(block, name, value)
    block.save()


def drop_block(*, block: TextBlock) -> bool:
    """False where another dropped it at the same moment."""
    gone, _each = block.delete()
    return gone > 0
