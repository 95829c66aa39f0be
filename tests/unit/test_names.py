"""One name, one thing: no public top-level name stands in two modules of the three packages."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPTS = {"main"}  # what a script of its own starts with


def public_names(source: str) -> set[str]:
    """The functions, classes and variables without an underscore that a module defines at its top; imports are not its own."""
    names = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    return {name for name in names if not name.startswith("_")}


def test_what_a_module_defines():
    source = (
        "import a\nfrom b import c\nd = e = 1\nf, (g, _h) = x\ni: int = 2\nclass J:\n    k = 1\ndef l():\n    m = 1\nasync def n(): ..."
    )
    assert public_names(source) == set("defgiJln")


def test_no_public_name_stands_in_two_modules():
    found = defaultdict(list)
    for package in ("analysis", "book", "batch"):
        for file in sorted((ROOT / package).rglob("*.py")):
            for name in public_names(file.read_text(encoding="utf-8")) - SCRIPTS:
                found[name].append(file.relative_to(ROOT).as_posix())
    assert {name: files for name, files in sorted(found.items()) if len(files) > 1} == {}
