"""The words of a mail that tells of notices, in the languages of its reader. Pure."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from stakeholders.notices.models import Notice
from stakeholders.notices.proofing import is_doubtful, without_steering
from stakeholders.notices.topics import known_topic

MOST = 200  # notices named in one mail; the inbox has the rest
LONGEST_TEXT = 4_000  # characters of one notice's text in a mail
SUBJECT_LENGTH = 300  # of the column
BOTH = ("zh-hans", "en")
log = logging.getLogger(__name__)
BETWEEN = "\n\n---\n\n"


@dataclass(frozen=True, kw_only=True)
class Words:
    subject: str
    body: str


def compose(
    notices: Sequence[Notice],
    *,
    language: str,
    subject: str = "",
    plans: Mapping[str, tuple[str, str]] | None = None,
) -> Words:
    """One mail of one notice or many, in `language`; in both languages where it is empty.

    Words that must not leave by mail are replaced for that one notice: what somebody called a
    matter keeps no mail from anybody. Of very many those with the nearest deadlines are named.

    `subject`: that of a mail of many; empty, it says how many notices there are. Many are grouped
    by plan, those with the nearest deadline first; `plans`: key -> (Chinese, English) title.
    """
    languages = [language] if language in BOTH else list(BOTH)
    if len(notices) == 1:
        return _one(notices[0], languages, titles=plans or {})
    named = _nearest(notices)
    more = len(notices) - len(named)
    parts = [_many(named, code, titles=plans or {}, more=more) for code in languages]
    with translation.override(languages[0]):
        number = len(notices)
        counted = ngettext("%(number)s notice", "%(number)s notices", number)
        line = subject or counted % {"number": number}
    body = BETWEEN.join(parts)
    return Words(subject=line[:SUBJECT_LENGTH], body=f"{body}\n\n{_inbox_line(languages)}\n")


def in_order(notices: Sequence[Notice]) -> list[Notice]:
    """By plan, then what is due first, then in the order they arose; without a date last."""
    return sorted(
        notices,
        key=lambda one: (
            one.plan_key,
            one.due_at is None,
            one.due_at.timestamp() if one.due_at else 0.0,
            one.pk or 0,
        ),
    )


def _nearest(notices: Sequence[Notice]) -> Sequence[Notice]:
    """The most that one mail names: what is due first, then the newest."""
    if len(notices) <= MOST:
        return notices
    by_date = sorted(
        notices,
        key=lambda one: (
            one.due_at is None,
            one.due_at.timestamp() if one.due_at else 0.0,
            -(one.pk or 0),
        ),
    )
    return by_date[:MOST]


def _one(
    notice: Notice, languages: Sequence[str], *, titles: Mapping[str, tuple[str, str]]
) -> Words:
    said = []
    for code in languages:
        if notice.plan_key in titles:
            said.append(f"\n[{titles[notice.plan_key][code == 'en']}]\n\n")
        title, text = _said(notice, code)
        said.append(f"{title}\n\n{text}\n\n" if text else f"{title}\n")
    body = f"{''.join(said).strip()}\n\n{settings.SITE_URL}{notice.url}\n"
    return Words(subject=_said(notice, languages[0])[0], body=body)


def _many(
    notices: Sequence[Notice], code: str, *, titles: Mapping[str, tuple[str, str]], more: int
) -> str:
    lines: list[str] = []
    plan: str | None = None
    zone = timezone.get_current_timezone()
    due = {notice.due_at: _stamp(notice.due_at, zone) for notice in notices if notice.due_at}
    with translation.override(code):
        for notice in in_order(notices):
            if notice.plan_key != plan:
                plan = notice.plan_key
                called = titles.get(plan, (plan, plan))[code == "en"]
                lines += ["", f"[{called or pgettext('notices', 'Of no plan')}]", ""]
            title, text = _said(notice, code)
            day = due[notice.due_at] if notice.due_at else ""
            lines.append(f"* {title}{_due(day, title)}")
            lines += [f"  {line}" for line in text.splitlines() if line.strip()]
            lines.append(f"  {settings.SITE_URL}{notice.url}")
        if more:
            said = ngettext("and %(number)s more", "and %(number)s more", more)
            lines += ["", said % {"number": more}]
    return "\n".join(lines).strip()


def _said(notice: Notice, code: str) -> tuple[str, str]:
    """Title and text in a language, as a mail may carry them."""
    title, text = notice.title_zh or notice.title_en, notice.text_zh or notice.text_en
    if code == "en":
        title, text = notice.title_en or notice.title_zh, notice.text_en or notice.text_zh
    title, text = " ".join(without_steering(title).split()), without_steering(text)
    if not title or is_doubtful(title, text, site_url=settings.SITE_URL):
        log.warning("the words of notice %s stay in the inbox: %s", notice.pk, notice.kind)
        return _instead(notice, code), ""
    return title, text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


def _instead(notice: Notice, code: str) -> str:
    topic = known_topic(notice.kind)
    with translation.override(code):
        label = topic.label if topic else pgettext("notices", "Notice")
        return _("%(topic)s: its words are in your inbox") % {"topic": label}


def _due(day: str, title: str) -> str:
    """The deadline, unless the title names it already."""
    return " ({})".format(_("due %(day)s") % {"day": day}) if day not in title else ""


@lru_cache(maxsize=64)
def _stamp(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _inbox_line(languages: Sequence[str]) -> str:
    lines = []
    for code in languages:
        with translation.override(code):
            lines.append(_("All notices stand in your inbox:"))
    return f"{' / '.join(lines)} {settings.SITE_URL}{reverse('notices:inbox')}"
