"""How many small faults in the code do the tests notice? `python -m tests.mutants FOLDER...`, from the root of the project.

A mutant is the code with one thing changed: a comparison, an operator, a number, a condition (see `changes`). A sample of them, drawn by a
seed, runs against the tests in a copy of the tree, each in a process forked from one that has imported every library; only files of tests that
ran the changed line are run, the quickest first, up to the first failure. A mutant that no test runs counts as survived, one that never
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
SLOWEST = 60  # seconds for a mutant, and more where the tests themselves take long
SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn,
    ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
COPIED = shutil.ignore_patterns("_build", ".git", ".venv", "__pycache__", ".*_cache")


class Mutant(NamedTuple):
    """A fault: its file and number there; its line, the lines that run with it; its kind; the code before and after."""

    file: Path
    number: int
    line: int
    lines: range
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


def places(node: ast.AST, statement: ast.AST | None = None) -> Iterator[tuple[ast.AST, ast.AST, Callable[[ast.AST], None]]]:
    """What may be changed below `node`: it, its statement, and a function that puts another node in its place. No docstrings, no types."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "names", "format_spec") or (isinstance(node, ast.Expr) and isinstance(value, ast.Constant)):
            continue
        for at, child in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(child, ast.AST):
                own = child if isinstance(child, ast.stmt) else statement
                yield child, own, putter(node, field, at if isinstance(value, list) else None)
                yield from places(child, own)


def putter(node: ast.AST, field: str, at: int | None) -> Callable[[ast.AST], None]:
    if at is None:
        return lambda other: setattr(node, field, other)
    return lambda other: getattr(node, field).__setitem__(at, other)


def mutants(file: Path) -> Iterator[Mutant]:
    """Every Mutant of a file."""
    for number, (node, statement, _, kind, other) in enumerate(spots(ast.parse(file.read_text(encoding="utf-8")))):
        line = getattr(node, "lineno", statement.lineno)
        lines = range(line, line + 1) if hasattr(statement, "body") else range(statement.lineno, statement.end_lineno + 1)
        yield Mutant(file, number, line, lines, kind, *(ast.unparse(code).partition("\n")[0][:100] for code in (node, other)))


def spots(tree: ast.AST) -> Iterator[tuple]:
    return ((*place, *change) for place in places(tree) for change in changes(place[0]))


def changed(mutant: Mutant) -> str:
    """The source of the file with the fault in it."""
    tree = ast.parse(mutant.file.read_text(encoding="utf-8"))
    _, _, put, _, other = next(spot for number, spot in enumerate(spots(tree)) if number == mutant.number)
    put(other)
    return ast.unparse(ast.fix_missing_locations(tree))


# Running tests


def forked(work: Callable[[], Any], limit: int = 0) -> int:
    """Do `work` in a process of its own, silently, for at most `limit` seconds; it ends with the number that `work` returns."""
    process = os.fork()
    if process:
        return process
    signal.alarm(limit)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    code = 1
    try:
        code = int(work() or 0)
    finally:
        os._exit(code)


def result(work: Callable[[], Any]) -> Any:
    """What `work` returns, done in a process of its own."""
    with tempfile.NamedTemporaryFile() as file:
        os.waitpid(forked(lambda: Path(file.name).write_bytes(pickle.dumps(work())) and 0), 0)
        return pickle.loads(Path(file.name).read_bytes())


def run(tests: Iterable[Path]) -> int:
    """pytest's exit code for files of tests, stopped at the first failure."""
    return pytest.main(["-x", "--tb=no", *(f"-pno:{name}" for name in PLUGINS), *map(str, tests)])


def libraries(tests: list[Path]) -> list[str]:
    """The modules that the tests import from outside of the project."""
    pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", *map(str, tests)])
    return [name for name, module in list(sys.modules.items()) if "site-packages" in str(getattr(module, "__file__", ""))]


def traced(test: Path, files: set[str]) -> tuple[int, float, set[tuple[str, int]]]:
    """A file of tests run alone: exit code, seconds, and the lines of `files` that it runs, as (file, line)."""
    begin, code, lines = time.monotonic(), -1, set()

    def trace(frame: Any, event: str, _argument: Any) -> Callable | None:
        if frame.f_code.co_filename not in files:
            return None
        lines.add((frame.f_code.co_filename, frame.f_lineno))
        return trace

    sys.settrace(trace)
    code = run([test])
    sys.settrace(None)
    return code, time.monotonic() - begin, lines


def attack(mutant: Mutant, tests: list[Path]) -> int:
    """Run `tests` with the changed file in place of its own."""
    path, source, own = str(mutant.file.resolve()), changed(mutant), SourceFileLoader.get_code
    SourceFileLoader.get_code = lambda loader, name: compile(source, path, "exec") if loader.path == path else own(loader, name)
    return run(tests)


def all_results(jobs: int, tasks: Iterable[tuple[Any, Callable[[], Any], int]]) -> Iterator[tuple[Any, int]]:
    """Do tasks (name, work, seconds at most), `jobs` at a time: (name, exit code, or minus the signal that ended it) as each ends."""
    running: dict[int, Any] = {}
    for name, work, limit in tasks:
        if len(running) == jobs:
            yield ended(running)
        running[forked(work, limit)] = name
    while running:
        yield ended(running)


def ended(running: dict[int, Any]) -> tuple[Any, int]:
    process, status = os.wait()
    return running.pop(process), os.waitstatus_to_exitcode(status)


def main(folders: list[str], tests: list[str], sample: int = SAMPLE, seed: int = SEED) -> None:
    """Draw the mutants, run them in a copy of the tree, print the share killed and the survivors by kind."""
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(".", copy, dirs_exist_ok=True, ignore=COPIED)
        os.chdir(copy)
        sys.path[:0] = [copy]
        report(*survivors(sources(folders, "*.py"), sources(tests, "test_*.py"), sample, seed))


def sources(folders: Iterable[str], pattern: str) -> list[Path]:
    return sorted(file for folder in map(Path, folders) for file in ([folder] if folder.is_file() else folder.rglob(pattern)))


def survivors(files: list[Path], tests: list[Path], sample: int, seed: int) -> tuple[list[Mutant], list[Mutant]]:
    """The mutants drawn, and those of them that no test noticed."""
    drawn = [mutant for file in files for mutant in mutants(file)]
    drawn = random.Random(seed).sample(drawn, min(sample, len(drawn)))
    for name in result(lambda: libraries(tests)):
        importlib.import_module(name)
    gc.freeze()
    took, covering = {}, defaultdict(list)
    for test in tests:
        code, took[test], lines = result(lambda test=test: traced(test, {str(file.resolve()) for file in files}))
        if code:
            sys.exit(f"{test} fails without any fault (pytest's exit code {code})")
        for line in lines:
            covering[line].append(test)
    chosen = {mutant: sorted({test for line in mutant.lines for test in covering[str(mutant.file.resolve()), line]}, key=took.get)
              for mutant in drawn}  # fmt: skip
    tasks = [(mutant, lambda mutant=mutant: attack(mutant, chosen[mutant]), SLOWEST + 2 * int(sum(took[test] for test in chosen[mutant])))
             for mutant in drawn if chosen[mutant]]  # fmt: skip
    alive = {mutant for mutant in drawn if not chosen[mutant]} | {mutant for mutant, code in all_results(JOBS, tasks) if code == 0}
    return drawn, [mutant for mutant in drawn if mutant in alive]


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
