"""Kinds of work for tests: they count in people's inboxes, the one table that is always there."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from stakeholders.jobs.kinds import Step
from stakeholders.notices.steps import notify
from stakeholders.terms.actor import Actor
from stakeholders.terms.errors import Conflict

KINDS = {
    "test.count": "tests.stakeholders.jobs.counting.Count",
    "test.broken": "tests.stakeholders.jobs.counting.Broken",
    "test.shut": "tests.stakeholders.jobs.counting.Shut",
}


class Count:
    """Writes one notice per step, `total` of them. Kills its process at step `dies_at`, once for
    each line in the file `lives`."""

    def step(
        self, *, actor: Actor, arguments: Mapping[str, Any], cursor: Mapping[str, Any] | None
    ) -> Step:
        at, total = (cursor or {"at": 0})["at"], arguments["total"]
        notify(people=[actor.person], kind="round", title=f"{at}", url="/", key=f"count:{at}")
        if arguments.get("dies_at") == at and self._dies(Path(arguments["lives"])):
            os.kill(os.getpid(), signal.SIGKILL)
        done = at + 1
        return Step(
            cursor=None if done == total else {"at": done},
            done=done,
            total=total,
            text=f"{done}",
            result={"sum": total, "mandate": actor.mandate_id},
        )

    @staticmethod
    def _dies(lives: Path) -> bool:
        left = lives.read_text("utf-8")
        lives.write_text(left[1:], "utf-8")
        return bool(left)


class Broken:
    def step(
        self, *, actor: Actor, arguments: Mapping[str, Any], cursor: Mapping[str, Any] | None
    ) -> Step:
        notify(people=[actor.person], kind="round", title="x", url="/", key="broken")
        raise RuntimeError("secret detail")


class Shut:
    def step(
        self, *, actor: Actor, arguments: Mapping[str, Any], cursor: Mapping[str, Any] | None
    ) -> Step:
        raise Conflict("closed meanwhile")
