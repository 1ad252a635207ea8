"""`make translations`: merge the parts of the catalogues and compile them, without gettext.

A slice may bring its translations in `locale/LANGUAGE/parts/NAME.po`; the catalogue Django
reads is `locale/LANGUAGE/LC_MESSAGES/django.po`, and its compiled twin is committed.
"""

import sys
from pathlib import Path

import polib

from config.launch.terms import SOURCE, LaunchError


def merge_and_compile(*, catalogue: Path, parts: list[Path]) -> int:
    """Add the entries of `parts` to `catalogue`, compile it and return how many were added.

    Raises LaunchError when two parts translate one text differently.
    """
    whole = polib.pofile(str(catalogue))
    known = {(entry.msgctxt, entry.msgid): entry for entry in whole}
    added = 0
    for part in parts:
        for entry in polib.pofile(str(part)):
            there = known.get((entry.msgctxt, entry.msgid))
            if there is None or not there.translated():
                if there is not None:
                    whole.remove(there)
                whole.append(entry)
                known[entry.msgctxt, entry.msgid] = entry
                added += 1
            elif (there.msgstr, there.msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
                raise LaunchError(
                    f"{part}: {entry.msgid!r} is {entry.msgstr!r} here, {there.msgstr!r} elsewhere"
                )
    if added:
        whole.save()
    whole.save_as_mofile(str(catalogue.with_suffix(".mo")))
    return added


def main() -> int:
    """Go through all languages; return 1 when translations contradict each other."""
    try:
        for catalogue in sorted(SOURCE.glob("locale/*/LC_MESSAGES/*.po")):
            parts = sorted((catalogue.parents[1] / "parts").glob("*.po"))
            added = merge_and_compile(catalogue=catalogue, parts=parts)
            print(f"{catalogue.relative_to(SOURCE)}: {added} added, compiled")
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
