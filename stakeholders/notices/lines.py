"""What the inbox and the settings show of a notice and of a topic. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from stakeholders.notices.models import Notice
from stakeholders.notices.topics import TOPICS, Topic, known_topic


@dataclass(frozen=True, kw_only=True)
class Line:
    """A notice with its topic; none for a kind that is told no more. `plan`: how it is called."""

    notice: Notice
    topic: Topic | None
    is_muted: bool
    plan: str = ""

    @property
    def is_legal(self) -> bool:
        return self.topic is not None and self.notice.kind in self.topic.legal

    @property
    def can_mute(self) -> bool:
        """Whether muting its topic would keep such a notice out of mail and count."""
        return self.topic is not None and not self.is_legal and not self.is_muted


@dataclass(frozen=True, kw_only=True)
class TopicLine:
    topic: Topic
    is_muted: bool


def lines_of(
    notices: Iterable[Notice], *, muted: Collection[str], titles: Mapping[str, str]
) -> list[Line]:
    lines = []
    for notice in notices:
        topic = known_topic(notice.kind)
        is_muted = topic is not None and topic.key in muted
        plan = titles.get(notice.plan_key, notice.plan_key)
        lines.append(Line(notice=notice, topic=topic, is_muted=is_muted, plan=plan))
    return lines


def topic_lines(*, muted: Collection[str]) -> list[TopicLine]:
    return [TopicLine(topic=topic, is_muted=topic.key in muted) for topic in TOPICS]
