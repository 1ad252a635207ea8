"""Every kind of notice the code tells, found in its syntax: also through functions that pass it on."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

WORD, GIVEN = re.compile(r"\w+"), re.compile(r"\b(\w+) as (\w+)")
ROOT = Path(__file__).parents[3]
APPS = ("stakeholders", "plans", "consult")
FIRST = {  # what is handed a kind first of all
    ("stakeholders.notices.steps.telling", "notify"): "kind",
    ("stakeholders.notices.steps.telling", "Telling"): "kind",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef
Name = tuple[str, str]  # module, function


@dataclass
class Found:
    """`kinds` as written; `computed`: (module, expression) of those that are put together."""

    kinds: set[str] = field(default_factory=set)
    computed: set[tuple[str, str]] = field(default_factory=set)


class Code:
    """The modules of the project with what each imports and defines; parsed when they are asked for."""

    def __init__(self) -> None:
        self.texts = {_name(path): path.read_text("utf-8") for path in _files()}
        self.words = {name: set(WORD.findall(text)) for name, text in self.texts.items()}
        self.given = {pair for text in self.texts.values() for pair in GIVEN.findall(text)}
        self.tree = cache(self._tree)
        self.imports = cache(lambda module: _imports(self.tree(module)))
        self.calls = cache(lambda module: list(_calls(self.tree(module))))
        self.home = cache(self._home)

    def _tree(self, module: str) -> ast.Module:
        return ast.parse(self.texts[module])

    def naming(self, name: str) -> list[str]:
        """The modules in whose text a name stands, or one that it is given by an import."""
        names = {name} | {given for known, given in self.given if known == name}
        return [module for module, words in self.words.items() if not words.isdisjoint(names)]

    def _home(self, module: str, name: str) -> Name | None:
        """Where what a module calls `name` is defined."""
        if module not in self.texts:
            return None
        body = self.tree(module).body
        if any(isinstance(n, Function | ast.ClassDef) and n.name == name for n in body):
            return module, name
        if name in self.imports(module):
            return self.home(*self.imports(module)[name])
        return None

    def target(self, module: str, call: ast.Call) -> Name | None:
        """What a call reaches, where that is a function of the project."""
        if isinstance(call.func, ast.Name):
            return self.home(module, call.func.id)
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            source = self.imports(module).get(call.func.value.id)
            return self.home(".".join(source), call.func.attr) if source else None
        return None

    def function(self, name: Name) -> Function | None:
        found = (n for n in self.tree(name[0]).body if getattr(n, "name", "") == name[1])
        return next((n for n in found if isinstance(n, Function)), None)


def find() -> Found:
    code, found = Code(), Found()
    tellers, seen = dict(FIRST), set[Name]()
    while set(tellers) - seen:
        for teller in set(tellers) - seen:
            seen.add(teller)
            for module in code.naming(teller[1]):
                for inside, call in code.calls(module):
                    if code.target(module, call) == teller:
                        said = _argument(code, teller, tellers[teller], call)
                        _take(said, module, inside, tellers, found)
    jobs = "stakeholders.jobs.steps"  # the teller of jobs is named in the settings
    for inside, call in code.calls(jobs):
        if ast.unparse(call.func) == "tell":
            _take(_keyword(call, "kind"), jobs, inside, tellers, found)
    return found


def _take(
    said: ast.expr | None,
    module: str,
    inside: Function | None,
    tellers: dict[Name, str],
    found: Found,
) -> None:
    if isinstance(said, ast.Constant):
        found.kinds.add(said.value)
    elif isinstance(said, ast.Name) and inside is not None:
        arguments = [*inside.args.args, *inside.args.kwonlyargs]
        if said.id in {one.arg for one in arguments}:
            tellers[module, inside.name] = said.id
        else:
            for value in _assigned(inside, said.id):
                _take(value, module, inside, tellers, found)
    elif isinstance(said, ast.IfExp):
        _take(said.body, module, inside, tellers, found)
        _take(said.orelse, module, inside, tellers, found)
    elif (module, getattr(inside, "name", "")) not in FIRST:
        found.computed.add((module, ast.unparse(said) if said else f"none in {inside}"))


def _assigned(inside: Function, name: str) -> Iterator[ast.expr]:
    for node in ast.walk(inside):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id == name:
                    yield node.value
                elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    for one, value in zip(target.elts, node.value.elts, strict=True):
                        if isinstance(one, ast.Name) and one.id == name:
                            yield value


def _argument(code: Code, teller: Name, name: str, call: ast.Call) -> ast.expr | None:
    said = _keyword(call, name)
    function = code.function(teller)
    if said is None and function is not None:
        names = [one.arg for one in function.args.args]
        if name in names and names.index(name) < len(call.args):
            said = call.args[names.index(name)]
    return said


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((one.value for one in call.keywords if one.arg == name), None)


def _calls(tree: ast.Module) -> Iterator[tuple[Function | None, ast.Call]]:
    """Every call with the outermost function it stands in."""
    for node in tree.body:
        inside = node if isinstance(node, Function) else None
        for one in ast.walk(node):
            if isinstance(one, ast.Call):
                yield inside, one


def _imports(tree: ast.Module) -> dict[str, Name]:
    found: dict[str, Name] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for one in node.names:
                found[one.asname or one.name] = (node.module, one.name)
    return found


def _files() -> Iterator[Path]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
