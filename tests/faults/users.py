"""People who write to a site over HTTP, form by form, and send each again until it was taken."""

import http.client
import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

from config.launch.probes import LOOPBACK

TOKEN = "a" * 32  # of the CSRF cookie: the form brings the same
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
CUT = 0  # no answer: refused, cut, or none in time
WAIT = 0.5  # before a form is sent again; eight people at it keep a machine busy
FIELDS: Mapping[str, Mapping[str, str]] = {
    "comment": {"type": "general", "share": "on"},
    "typed": {"type": "general"},
    "answer": {},
    "position": {
        "value": "agree",
        "exceptions-TOTAL_FORMS": "1",
        "exceptions-INITIAL_FORMS": "0",
        "exceptions-0-item": "",
        "exceptions-0-value": "agree_reserved",
    },
}
NAMED_BY = {
    "comment": "text_zh",
    "typed": "text_zh",
    "answer": "letter_number",
    "position": "letter_number",
}
TAKEN = {"comment": 302, "typed": 200, "answer": 302, "position": 302}
SELDOM = {"answer": 20}  # this often a pause longer than the others'


@dataclass
class Person:
    """One person at work; what it was told to be taken is in `taken`.

    `left`: pages of forms that are sent once each, in place of one `page`.
    """

    port: int
    kind: str
    page: str
    name: str
    session: str
    left: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)

    def work(self, end: threading.Event, *, pause: float) -> None:
        """Form after form until `end`; the last one is brought to its end, too."""
        # Nobody else says the same, nor the same person later.
        number, own = 0, uuid.uuid4().hex[:8]
        while not end.wait(pause * SELDOM.get(self.kind, 1)) and (self.page or self.left):
            number += 1
            self.send_one(f"{self.name} {own}-{number}")

    def send_one(self, said: str) -> None:
        """Fill in the form with `said` and send the same until it is answered by a taken one."""
        page = self.page or self.left.pop(0)
        form = {**self._opened(page), **FIELDS[self.kind], NAMED_BY[self.kind]: said}
        form["csrfmiddlewaretoken"] = TOKEN
        is_open = False  # whether one was sent of which nobody told what became of it
        while True:
            status, text = self.ask("POST", page, form)
            is_there = status == TAKEN[self.kind] and "/accounts/" not in text
            # A round is answered once: whoever sends again reads that it was answered already.
            if is_there or (self.kind == "answer" and status == 422 and is_open):
                self.taken.append(said)
                return
            if status not in (CUT, 503):
                self.refused.append(f"{said}: {status} {text[:2000]}")
                return
            is_open = True
            time.sleep(WAIT)

    def _opened(self, page: str) -> dict[str, str]:
        """The hidden fields of the page's form: the key of what is made, what was seen."""
        if self.kind == "typed":
            return {"key": str(uuid.uuid4())}
        while True:
            status, text = self.ask("GET", page)
            if status == 200:
                found = {name: unescape(value) for name, value in HIDDEN.findall(text)}
                wanted = ("key", "revision", "former")
                return {name: found[name] for name in wanted if name in found}
            if status not in (CUT, 503):
                self.refused.append(f"GET {page}: {status} {text[:2000]}")
            time.sleep(WAIT)

    def ask(
        self,
        method: str,
        path: str,
        form: Mapping[str, str] | None = None,
        *,
        language: str = "zh-hans",
    ) -> tuple[int, str]:
        """(status, text or where it leads) of one request on a connection of its own."""
        link = http.client.HTTPConnection(LOOPBACK, self.port, timeout=30)
        headers = {
            "Host": f"localhost:{self.port}",
            "Cookie": f"session={self.session}; csrftoken={TOKEN}; django_language={language}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Connection": "close",
        }
        try:
            link.request(method, path, urlencode(form) if form else None, headers)
            answer = link.getresponse()
            status, text = answer.status, answer.read().decode(errors="replace")
            text = answer.getheader("Location") or text
        except (OSError, http.client.HTTPException):
            status, text = CUT, ""
        finally:
            link.close()
        self.answers[status] += 1
        return status, text


class Crowd:
    """All of them at once, each in a thread of its own, while the block lasts."""

    def __init__(self, people: list[dict[str, Any]], *, port: int, pause: float) -> None:
        self.people = [Person(port=port, **one) for one in people]
        self._end = threading.Event()
        self._threads = [
            threading.Thread(
                target=one.work, args=(self._end,), kwargs={"pause": pause}, daemon=True
            )
            for one in self.people
        ]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def has_all_answered(self) -> bool:
        """Whether each was told once that a form is taken, or that it is not."""
        return all(one.taken or one.refused for one in self.people)

    def finish(self, *, seconds: float) -> bool:
        """Let each bring its last form to its end; whether all did within `seconds`."""
        self._end.set()
        end = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def answers(self) -> Counter[int]:
        return sum((one.answers for one in self.people), Counter())

    def refused(self) -> list[str]:
        return [one for person in self.people for one in person.refused]

    def faults(self, kept: Mapping[str, Any]) -> dict[str, int]:
        """How much of what was taken is not there, or is there twice; by what the site has."""
        found: dict[str, int] = {}
        for kind in ("comment", "answer", "position"):
            taken = [said for one in self.people if one.kind == kind for said in one.taken]
            there = Counter(kept[kind])
            found |= {f"{kind}s taken": len(taken)}
            found |= {f"{kind}s lost": sum(there[said] == 0 for said in taken)}
            found |= {f"{kind}s twice": sum(number > 1 for number in there.values())}
            rows, entries = kept["acts"][kind]
            found |= {f"{kind}s off the record": abs(rows - entries)}
        typists = [one for one in self.people if one.kind == "typed"]
        found["drafts saved"] = sum(len(one.taken) for one in typists)
        found["drafts lost"] = sum(
            kept["typed"].get(one.page.rpartition("=")[2]) != one.taken[-1]
            for one in typists
            if one.taken
        )
        return found
