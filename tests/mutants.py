"""How many small faults in the code do the tests notice? `python -m tests.mutants FOLDER...`, from the root of the project.

A mutant is the code with one thing changed: a comparison, an operator, a number, a condition (see `changes`). A sample of them, drawn by a
seed, runs against the tests in a copy of the tree, each in a process forked from one that has imported every library; only the tests that run
the changed function are run (by files, slow ones test by test), the quickest first, up to the first failure. A mutant that no test runs counts as survived, one that never
ends as killed.
"""

import argparse
import ast
import gc
import importlib
import os
import pickle
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any, NamedTuple

import pytest

SEED, SAMPLE, JOBS = 20220329, 200, 2
PLUGINS = ["cacheprovider", "faulthandler", "unraisableexception", "threadexception", "xdist"]  # do without, for speed
SPLIT = 4  # seconds of a file of tests from which on its tests are chosen one by one
SLOWEST = 60  # seconds for a mutant, and more where the tests themselves take long
SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
COPIED = shutil.ignore_patterns("_build", ".git", ".venv", "__pycache__", ".*_cache")


class Mutant(NamedTuple):
    """A fault: its file and number there; its line, the first line of its function (0: of none); its kind; the code before and after."""

    file: Path
    number: int
    line: int
    scope: int
    kind: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.before}  ->  {self.after}"


# Making mutants


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What may stand in place of `node`, as (kind of fault, other node)."""
    match node:
        case ast.Compare(left, [operator, *more], others) if type(operator) in SWAPS:
            kind = "boundary" if isinstance(operator, (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) else "comparison"
            yield kind, ast.Compare(left, [SWAPS[type(operator)](), *more], others)
        case ast.BinOp(left, operator, right) if type(operator) in SWAPS:
            yield "arithmetic", ast.BinOp(left, SWAPS[type(operator)](), right)
        case ast.BoolOp(operator, values):
            yield "and/or", ast.BoolOp(SWAPS[type(operator)](), values)
        case ast.UnaryOp(ast.Not() | ast.USub() | ast.Invert(), operand):
            yield "negation", operand
        case ast.IfExp(test, body, orelse):
            yield "condition", ast.IfExp(test, orelse, body)
        case ast.comprehension(target, each, [_, *conditions], is_async):
            yield "condition", ast.comprehension(target, each, conditions, is_async)
        case ast.If(test, body, orelse):
            yield "condition", ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Constant(bool(value)):
            yield "constant", ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            yield "number", ast.Constant(value + 1)
        case ast.Constant(str(value)) if value:
            yield "text", ast.Constant(f"{value}?")
        case ast.Return(ast.AST()):
            yield "return", ast.Return(ast.Constant(None))
        case ast.Call(function, arguments, [_, *named]):
            yield "argument", ast.Call(function, arguments, named)
        case ast.AugAssign() | ast.Expr(ast.Call()):
            yield "statement", ast.Pass()


def places(node: ast.AST, line: int = 0, scope: int = 0) -> Iterator[tuple[ast.AST, int, int, Callable[[ast.AST], None]]]:
    """What may be changed below `node`: it, its line, its scope, and a function that puts another node in its place. No docstrings, no types."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "names", "format_spec") or (isinstance(node, ast.Expr) and isinstance(value, ast.Constant)):
            continue
        for at, child in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(child, ast.AST):
                own, within = getattr(child, "lineno", line), scope
                if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                    within = min([child.lineno, *(decorator.lineno for decorator in child.decorator_list)])
                yield child, own, scope, putter(node, field, at if isinstance(value, list) else None)
                yield from places(child, own, within)


def putter(node: ast.AST, field: str, at: int | None) -> Callable[[ast.AST], None]:
    if at is None:
        return lambda other: setattr(node, field, other)
    return lambda other: getattr(node, field).__setitem__(at, other)


def mutants(file: Path) -> Iterator[Mutant]:
    """Every Mutant of a file."""
    for number, (node, line, scope, _, kind, other) in enumerate(spots(ast.parse(file.read_text(encoding="utf-8")))):
        yield Mutant(file, number, line, scope, kind, *(ast.unparse(code).partition("\n")[0][:100] for code in (node, other)))


def spots(tree: ast.AST) -> Iterator[tuple]:
    return ((*place, *change) for place in places(tree) for change in changes(place[0]))


def changed(mutant: Mutant) -> str:
    """The source of the file with the fault in it."""
    tree = ast.parse(mutant.file.read_text(encoding="utf-8"))
    _, _, _, put, _, other = next(spot for number, spot in enumerate(spots(tree)) if number == mutant.number)
    put(other)
    return ast.unparse(ast.fix_missing_locations(tree))


# Running tests


def forked(work: Callable[[], Any], file: Path, limit: int) -> int:
    """Do `work` in a process of its own, silently, for at most `limit` seconds (0: without end); what it returns is written into `file`."""
    process = os.fork()
    if process:
        return process
    try:
        signal.alarm(limit)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        file.write_bytes(pickle.dumps(work()))
    finally:
        os._exit(0)


def done(works: Iterable[tuple[Any, Callable[[], Any], int]]) -> Iterator[tuple[Any, Any]]:
    """Do works (name, work, seconds at most), JOBS at a time: (name, what it returned, or None where it was ended) as each ends."""
    running: dict[int, tuple[Any, Path]] = {}

    def ended() -> tuple[Any, Any]:
        name, file = running.pop(os.wait()[0])
        return name, pickle.loads(file.read_bytes()) if file.exists() else None

    with tempfile.TemporaryDirectory() as folder:
        for number, (name, work, limit) in enumerate(works):
            if len(running) == JOBS:
                yield ended()
            file = Path(folder) / str(number)
            running[forked(work, file, limit)] = name, file
        while running:
            yield ended()


def run(tests: Iterable[str], *plugins: object) -> int:
    """pytest's exit code for files of tests, or single ones, stopped at the first failure."""
    return int(pytest.main(["-x", "--tb=no", *(f"-pno:{name}" for name in PLUGINS), *tests], plugins))


def collected(tests: list[str]) -> tuple[list[str], dict[str, list[str]]]:
    """The modules that the tests import from outside of the project, and the tests of each file."""
    cases: dict[str, list[str]] = defaultdict(list)

    class Collector:
        def pytest_collection_finish(self, session: pytest.Session) -> None:
            for item in session.items:
                cases[item.nodeid.partition("::")[0]].append(item.nodeid)

    run(["--collect-only", *tests], Collector())
    return [name for name, module in list(sys.modules.items()) if "site-packages" in str(getattr(module, "__file__", ""))], cases


def traced(test: str, files: set[str]) -> tuple[int, float, set[tuple[str, int]]]:
    """Tests run alone: exit code, seconds, and the functions of `files` that they run, as (file, first line; 0 for the file itself)."""
    begin, scopes = time.process_time(), set()

    def trace(frame: Any, _event: str, _argument: Any) -> None:
        code = frame.f_code
        if code.co_filename in files:
            scopes.add((code.co_filename, code.co_firstlineno if code.co_name != "<module>" else 0))

    sys.settrace(trace)
    code = run([test])
    sys.settrace(None)
    return code, time.process_time() - begin, scopes


def attack(mutant: Mutant, tests: list[str]) -> int:
    """Run `tests` with the changed file in place of its own."""
    path, source, own = str(mutant.file.resolve()), changed(mutant), SourceFileLoader.get_code
    SourceFileLoader.get_code = lambda loader, name: compile(source, path, "exec") if loader.path == path else own(loader, name)
    return run(tests)


def main(folders: list[str], tests: list[str], sample: int = SAMPLE, seed: int = SEED) -> None:
    """Draw the mutants, run them in a copy of the tree, print the share killed and the survivors by kind."""
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(".", copy, dirs_exist_ok=True, ignore=COPIED)
        os.chdir(copy)
        sys.path[:0] = [copy]
        drawn = [mutant for file in sources(folders, "*.py") for mutant in mutants(file)]
        drawn = random.Random(seed).sample(drawn, min(sample, len(drawn)))
        report(drawn, survivors(drawn, [str(file) for file in sources(tests, "test_*.py")]))


def sources(folders: Iterable[str], pattern: str) -> list[Path]:
    return sorted(file for folder in map(Path, folders) for file in ([folder] if folder.is_file() else folder.rglob(pattern)))


def survivors(drawn: list[Mutant], tests: list[str]) -> list[Mutant]:
    """The mutants that no test notices."""
    ((_, (names, cases)),) = done([("", lambda: collected(tests), 0)])
    for name in names:
        importlib.import_module(name)
    gc.freeze()
    took, running = runners(tests, cases, {str(mutant.file.resolve()) for mutant in drawn})
    works = []
    for mutant in drawn:
        chosen = sorted(running[str(mutant.file.resolve()), mutant.scope], key=took.__getitem__)
        limit = int(SLOWEST + 10 * sum(took[test] for test in chosen))
        works.append((mutant, lambda mutant=mutant, chosen=chosen: attack(mutant, chosen) if chosen else 0, limit))
    alive = set()
    for number, (mutant, code) in enumerate(done(works), start=1):
        print(f"{number} of {len(drawn)} {'survived' if code == 0 else 'killed'}: {mutant}", flush=True)
        if code == 0:
            alive.add(mutant)
    return [mutant for mutant in drawn if mutant in alive]


def runners(tests: list[str], cases: dict[str, list[str]], files: set[str]) -> tuple[dict[str, float], dict[tuple[str, int], list[str]]]:
    """The seconds of each file of tests, and which of them run each function; single tests in place of a slow file."""
    took, running = {}, defaultdict(list)
    while tests:
        slow = []
        for test, (code, seconds, scopes) in done([(test, lambda test=test: traced(test, files), 0) for test in tests]):
            if code:
                sys.exit(f"{test} fails without any fault (pytest's exit code {code})")
            if seconds > SPLIT and test in cases:
                slow += cases[test]
                continue
            took[test] = seconds
            for scope in scopes:
                running[scope].append(test)
        tests = slow
    return took, running


def report(drawn: list[Mutant], alive: list[Mutant]) -> None:
    every = Counter(mutant.kind for mutant in drawn)
    for kind, own in sorted(Counter(mutant.kind for mutant in alive).items(), key=lambda item: -item[1]):
        print(f"\n{kind}: {own} of {every[kind]} survived", *(mutant for mutant in alive if mutant.kind == kind), sep="\n  ")
    print(f"\n{len(drawn) - len(alive)} of {len(drawn)} mutants were killed: {(len(drawn) - len(alive)) / len(drawn):.0%}")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folders", nargs="+", help="the folders, or files, of the code")
    options.add_argument("--tests", nargs="+", default=["tests/unit", "tests/data"], help="the folders, or files, of the tests")
    options.add_argument("--sample", type=int, default=SAMPLE)
    options.add_argument("--seed", type=int, default=SEED)
    main(**vars(options.parse_args()))
