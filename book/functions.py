"""The functions behind tables, measures and figures, in the book: their docstrings, their source, and addresses for both.

Sphinx's own autodoc and viewcode do the work. Docstrings here are plain English with single backticks, not reStructuredText, so each is
turned into it first. Listed are the functions that have a docstring, by the rule of the house the public ones, without those in INTERNAL.
"""

import ast
import re
import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from book.stamp import digest

PAGES = "_modules"  # viewcode's name for the folder of source pages
# Functions with a docstring that only others of their module call, and that are no result or measure themselves.
INTERNAL = {
    "analysis.evidence": [
        "occurrences", "letters", "folded", "folded_text", "named", "whose", "most_telling", "published", "first_words", "dating_words",
        "remarked_words",
    ],
    "analysis.loaded": ["compiled"],
    "analysis.proposals": ["nearest", "paragraphs"],
    "analysis.voices": ["outermost", "named_in"],
    "analysis.framing": ["wide", "cell"],
    "analysis.findings": ["own_voice", "describing", "rows_of"],
    "analysis.names": ["cell", "pieces", "joined_while_visible"],
    "analysis.measures": ["by_hand_or_rule", "per", "names_in", "mtld_factors", "text_measures"],
    "analysis.keyness": ["contrast"],
    "analysis.reliability": ["both_passes", "presence", "paired"],
    "analysis.plots": ["canvas", "bare", "column_heads", "grid", "lag_words", "voiced_bar", "voice_legend"],
    "analysis.grids": ["kind", "holds_dates", "head", "choices", "cells", "sort_key", "written"],
    "analysis.show": ["put", "folded", "rows_with_evidence", "slug"],
}  # fmt: skip
MARKUP = re.compile(r"`([^`]+)`|([\\*|_])")


def setup(app):
    app.setup_extension("sphinx.ext.autodoc")
    app.setup_extension("sphinx.ext.viewcode")
    app.connect("config-inited", choose)
    app.connect("autodoc-process-docstring", as_restructured_text)
    app.connect("autodoc-skip-member", skip_all_but_functions)
    app.connect("env-updated", forget_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def choose(_app, config):
    config.autodoc_preserve_defaults = True  # "path=DATA" and not where DATA is on this machine
    config.autodoc_member_order = "bysource"
    config.autodoc_use_type_comments = False  # there are none, and looking for them takes time
    config.add_module_names = False
    config.html_domain_indices = False  # the page itself is the index of modules
    config.myst_ref_domains = ["std"]  # [](proposals) in a chapter means the page, not the module


def as_restructured_text(_app, kind, _name, _object, _options, lines):
    """Turn a docstring of plain English into reStructuredText, in place: backticks mean code, no other sign means anything.

    A module's docstring is left out, for the page has words of its own about each module.
    """
    lines[:] = [] if kind == "module" else [MARKUP.sub(marked, line) for line in lines]


def marked(match):
    """Code between two signs that part it from its neighbours unseen, or a sign that means itself."""
    return f"\\ ``{match[1]}``\\ " if match[1] else f"\\{match[2]}"


def skip_all_but_functions(_app, kind, name, member, skip, _options):
    return skip or (kind == "module" and (isinstance(member, type) or name in INTERNAL.get(getattr(member, "__module__", ""), [])))


def forget_pages(app, env):
    """Let all pages be written anew, those of source too, where what stands around each of them changed: menu, numbers, settings.

    Sphinx asks only whether a page itself changed, and viewcode whether the module did.
    """
    menu = {name: (env.titles[name].astext(), env.toc_secnumbers.get(name)) for name in sorted(env.found_docs)}
    around = digest({name: Path(app.srcdir) / name for name in ("_config.yml", "_toc.yml")}, menu)
    if getattr(env, "around", None) == around:
        return []
    env.around = around
    shutil.rmtree(Path(app.outdir) / PAGES, ignore_errors=True)
    return env.found_docs


def code_address(app, page, function):
    """The address of the source of `function` ("analysis.plots.timeline"), relative to `page` ("chapters/talks").

    Raises KeyError for what is no public function of a module.
    """
    module, _, name = function.rpartition(".")
    if name not in public(module):
        raise KeyError(f"{function}: is no function that the page Functions lists. Remedy: give it a docstring, or name another.")
    source = "/".join([PAGES, *module.split(".")])
    return f"{app.builder.get_relative_uri(page, source)}#{name}"


@cache
def public(module):
    """The names of the functions of a module that the book lists, in the order of its source."""
    tree = ast.parse(Path(find_spec(module).origin).read_text(encoding="utf-8"))
    documented = [part.name for part in tree.body if isinstance(part, ast.FunctionDef) and ast.get_docstring(part)]
    return [name for name in documented if not name.startswith("_") and name not in INTERNAL.get(module, [])]
