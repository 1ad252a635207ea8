"""The registry of all acts: every slice's table `ACTS`, collected in one place.

The rights test, the map from acts to operations of the API and the page "who may do what" are
made from it, so that none of them can leave an act out.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import consult
import plans
import stakeholders
from stakeholders.terms.rights import ActRule


def tables() -> dict[str, Mapping[str, ActRule]]:
    """Slice (`plans.text`) -> its table act -> rule, of every slice that has one."""
    found = {}
    for name in _slices():
        rules = import_module(f"{name}.rules")
        acts = getattr(rules, "ACTS", None)
        if acts is not None:
            found[name] = acts
    return found


def _slices() -> Iterator[str]:
    """The packages with a file `rules`, in the order of the house."""
    for app in (stakeholders, plans, consult):
        for package in iter_modules(app.__path__, f"{app.__name__}."):
            if package.ispkg and find_spec(f"{package.name}.rules"):
                yield package.name
