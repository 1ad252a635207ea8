"""`python -m tests.attacks.weighing`: what every bomb costs in every reader, a JSON line each.

A process of its own, so that the memory it takes can be told: its peak above what it held before.
"""

import gc
import json
import sys
import tempfile
import time
from pathlib import Path

import django

STATUS, PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def held(name: str) -> float:
    """MiB of memory of this process: `VmRSS` now, `VmHWM` at its peak."""
    line = next(one for one in STATUS.read_text().splitlines() if one.startswith(name))
    return int(line.split()[1]) / 1024


def main() -> None:
    django.setup()
    # What needs the set-up comes after it.
    from tests.attacks.bombs import BOMBS  # noqa: PLC0415
    from tests.attacks.readers import NO, any_kind, uploads  # noqa: PLC0415

    everything = uploads()
    readers = {one.name: one.read for one in everything if one.read is not any_kind}
    with tempfile.TemporaryDirectory() as folder:
        for name, (sent, build) in BOMBS.items():
            path = Path(folder) / sent
            path.write_bytes(build())
            ending = sent.rpartition(".")[2]
            meant = {key: read for key, read in readers.items() if key.endswith(ending)}
            for key, read in {"the door": None, **meant}.items():
                gc.collect()
                PEAK.write_text("5")
                before, started, why = held("VmRSS"), time.process_time(), ""
                try:
                    any_kind(path)
                    if read is not None:
                        read(path)
                    said = "taken"
                except NO as refusal:
                    said, why = "refused", refusal_text(refusal)
                except Exception as error:
                    said, why = "failed", repr(error)
                seconds, growth = time.process_time() - started, held("VmHWM") - before
                line = {"bomb": name, "reader": key, "said": said, "why": why[:100]}
                line |= {"seconds": round(seconds, 2), "growth": round(growth)}
                sys.stdout.write(json.dumps(line) + "\n")
                sys.stdout.flush()


def refusal_text(refusal: Exception) -> str:
    errors = getattr(refusal, "errors", {"": refusal})
    return "; ".join(map(str, errors.values()))


if __name__ == "__main__":
    main()
