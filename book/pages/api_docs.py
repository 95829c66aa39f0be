"""The functions behind tables, measures and figures, in the book: their docstrings, their source, and addresses for both.

Sphinx's own autodoc and viewcode do the work. Docstrings here are plain English with single backticks, not reStructuredText, so each is
turned into it first. Listed are the public functions that have a docstring, module by module, of every module in DOCUMENTED_PACKAGES that
is part of no program.
"""

import ast
import re
import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.ext import viewcode

from book.run.fingerprint import fingerprint

DOCUMENTED_PACKAGES = ("analysis", "batch")
_SOURCES = "_modules"  # viewcode's name for the folder of source pages
_MARK = re.compile(r"^% modules (\S+)$", re.MULTILINE)  # the line of a page that gives way to the modules of a package
_SECTION = "## {title}\n\n```{{eval-rst}}\n.. automodule:: {module}\n   :members:\n```\n"
_MARKUP = re.compile(r"`([^`]+)`|([\\*|_])")


def connect_api_docs(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    app.setup_extension("sphinx.ext.autodoc")
    app.setup_extension("sphinx.ext.viewcode")
    viewcode.get_module_filename = _find_module  # it would import each module to ask it
    app.connect("config-inited", _configure)
    app.connect("source-read", _list_modules)
    app.connect("autodoc-process-docstring", _as_restructured_text)
    app.connect("autodoc-skip-member", _skip_classes)
    app.connect("env-updated", _invalidate_pages)


def _find_module(app: Sphinx, modname: str) -> str | None:
    """The file of a module."""
    spec = find_spec(modname)
    return spec.origin if spec else None


def _configure(_app: Sphinx, config: Config) -> None:
    config.autodoc_preserve_defaults = True  # "path=DATA" and not where DATA is on this machine
    config.autodoc_member_order = "bysource"
    config.autodoc_typehints = "none"  # docstrings say what types are; hints would be references that lead nowhere
    config.autodoc_use_type_comments = False  # there are none, and looking for them takes time
    config.toc_object_entries = False  # the menu of every page would carry them along, in all their hundreds
    config.add_module_names = False
    config.html_domain_indices = False  # the page itself is the index of modules
    config.myst_ref_domains = ["std"]  # [](proposals) in a chapter means the page, not the module


def documented_modules() -> dict[str, Path]:
    """The modules that the book lists: {dotted name: file}, package by package."""
    found = {}
    for package in DOCUMENTED_PACKAGES:
        spec = find_spec(package)
        folder = Path(str(spec.origin)).parent if spec and spec.origin else None
        for file in sorted(folder.rglob("*.py")) if folder else ():
            name = ".".join([package, *file.relative_to(folder or file).with_suffix("").parts])
            program = file.parent != folder and (file.parent / "__main__.py").exists()
            if not program and not file.name.startswith("__") and public_functions(name):
                found[name] = file
    return found


def _list_modules(app: Sphinx, _page: str, source: list[str]) -> None:
    """Put a section for each module of a package in the place of the mark of a page; of the first package those in no room."""
    if mark := _MARK.search(source[0]):
        modules = {name: file for name, file in documented_modules().items() if _belongs(name, mark[1])}
        for file in modules.values():
            app.env.note_dependency(str(file))
        sections = (_SECTION.format(title=name.removeprefix(f"{DOCUMENTED_PACKAGES[0]}."), module=name) for name in modules)
        source[0] = source[0].replace(mark[0], "\n".join(sections))


def _belongs(module: str, package: str) -> bool:
    """Whether a module stands on the page of a package: of the first package those in no room do."""
    return module.rpartition(".")[0] == package if package == DOCUMENTED_PACKAGES[0] else module.startswith(f"{package}.")


def lists_functions(app: Sphinx, module: str) -> bool:
    """Whether a page of the book lists the functions of `module`, so that their code has an address."""
    files = [Path(app.env.doc2path(name)) for name in sorted(app.env.found_docs)]
    marks = [_MARK.search(file.read_text(encoding="utf-8")) for file in files if file.suffix == ".md"]
    return any(mark and _belongs(module, mark[1]) for mark in marks)


def _as_restructured_text(_app: Sphinx, _kind: str, _name: str, _object: object, _options: object, lines: list[str]) -> None:
    """Turn a docstring of plain English into reStructuredText, in place: backticks mean code, no other sign means anything."""
    lines[:] = [_MARKUP.sub(_marked, line) for line in lines]


def _marked(match: re.Match[str]) -> str:
    """Code between two signs that part it from its neighbours unseen, or a sign that means itself."""
    return f"\\ ``{match[1]}``\\ " if match[1] else f"\\{match[2]}"


def _skip_classes(_app: Sphinx, kind: str, _name: str, member: object, skip: bool, _options: object) -> bool:
    return skip or (kind == "module" and isinstance(member, type))


def _invalidate_pages(app: Sphinx, env: BuildEnvironment) -> Any:
    """Let all pages be written anew, those of source too, where what stands around each of them changed: menu, numbers, settings.

    Sphinx asks only whether a page itself changed, and viewcode whether the module did.
    """
    menu = {name: (env.titles[name].astext(), env.toc_secnumbers.get(name)) for name in sorted(env.found_docs)}
    around = fingerprint({name: Path(app.srcdir) / name for name in ("_config.yml", "_toc.yml")}, menu)
    if getattr(env, "book_surroundings", None) == around:
        return []
    env.book_surroundings = around  # type: ignore[attr-defined]
    shutil.rmtree(Path(app.outdir) / _SOURCES, ignore_errors=True)
    return env.found_docs


def code_address(app: Sphinx, page: str, function: str) -> str:
    """The address of the source of `function` ("analysis.figures.language.plot_keyness"), relative to `page` ("chapters/talks").

    Raises KeyError for what is no public function of a module.
    """
    module, _, name = function.rpartition(".")
    if name not in public_functions(module):
        raise KeyError(f"{function}: is no function that the page Functions lists. Remedy: give it a docstring, or name another.")
    source = "/".join([_SOURCES, *module.split(".")])
    return f"{app.builder.get_relative_uri(page, source)}#{name}"


@cache
def public_functions(module: str) -> list[str]:
    """The names of the functions of a module that the book lists, in the order of its source; none for what is no module."""
    try:
        spec = find_spec(module)
    except ModuleNotFoundError:
        spec = None
    if spec is None or spec.origin is None:
        return []
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    functions = [part for part in tree.body if isinstance(part, ast.FunctionDef) and ast.get_docstring(part)]
    return [function.name for function in functions if not function.name.startswith("_")]
