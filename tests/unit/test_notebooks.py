"""The committed notebooks are clean."""

import nbformat
import pytest

from book.lint.notebook_rules import code_faults, notebook_faults
from book.notebooks import ROOT, notebook_names

CHAPTERS = notebook_names(ROOT)


@pytest.mark.promise("notebooks")
@pytest.mark.parametrize("name", CHAPTERS)
def test_committed_notebooks_are_clean(name):
    assert notebook_faults(ROOT, name) == []


def spoiled(root, change):
    notebook = nbformat.read(root / "index.ipynb", as_version=4)
    change(notebook)
    nbformat.write(notebook, root / "index.ipynb")
    return notebook_faults(root, "index")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda book: book.cells[1].outputs.append(nbformat.v4.new_output("stream", text="1")),
            "cell 2 (begins: x = 1): is committed with its output",
        ),
        (lambda book: book.cells[1].update(execution_count=1), "is committed with its output"),
        (lambda book: book.metadata.kernelspec.update(name="other"), "metadata differ"),
        (lambda book: book.cells[1].update(source="open('/home/me/data')"), "holds a path of one machine"),
        (lambda book: book.cells[0].update(source="Text"), "has 0 headings of level 1"),
        (lambda book: book.cells[0].update(source="# One\n\n# Two"), "has 2 headings of level 1"),
        (lambda book: book.cells[0].update(source=" "), "cell 1 (empty): has no content"),
    ],
)
def test_a_planted_fault_in_a_notebook_is_named(tiny_book, change, message):
    root = tiny_book("# Title", "code: x = 1")
    assert notebook_faults(root, "index") == []
    assert any(message in fault for fault in spoiled(root, change))


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("x = 1\n" * 16, "has 16 lines, more than 15. Remedy: move"),
        ("!ls", "runs a command of the shell or of IPython"),
        ("files = !ls", "runs a command of the shell or of IPython"),
        ("%time x = 1", "runs a command of the shell or of IPython"),
        ("%%bash\nls", "runs a command of the shell or of IPython"),
        ("get_ipython().system('ls')", "runs a command of the shell or of IPython"),
        ("open('/etc/hosts')", "holds an absolute path ('/etc/hosts')"),
        ("open('~/data.csv')", "holds an absolute path ('~/data.csv')"),
        (r"open('C:\\data.csv')", "holds an absolute path"),
        ("import random\nrandom.random()", "depends on chance or on the clock (random.random)"),
        ("import numpy as np\nnp.random.rand(3)", "depends on chance or on the clock (np.random.rand)"),
        ("import numpy as np\nnp.random.default_rng()", "depends on chance or on the clock (np.random.default_rng)"),
        ("from numpy.random import rand\nrand(3)", "imports what depends on chance or on the clock from numpy.random"),
        ("from random import choice", "imports what depends on chance or on the clock from random"),
        ("table.sample(3)", "depends on chance or on the clock (table.sample)"),
        ("import datetime\ndatetime.datetime.now()", "depends on chance or on the clock (datetime.datetime.now)"),
        ("import time\ntime.time()", "depends on chance or on the clock (time.time)"),
        ("import uuid\nuuid.uuid4()", "depends on chance or on the clock (uuid.uuid4)"),
        ("if:", "is not Python (invalid syntax, line 1)"),
    ],
)
def test_a_planted_fault_in_the_code_of_a_cell_is_named(code, message):
    (fault,) = code_faults(code)
    assert message in fault


@pytest.mark.parametrize(
    "code",
    [
        "x = 1\n" * 15,
        "x = 7 % 2",
        "import numpy as np\nnp.random.default_rng(7).random()",
        "from random import Random\nRandom(7).random()",
        "table.sample(3, random_state=7)",
        "print('per 1,000 words / text', 'a/b', '!')",
        "show.table(texts.names, 'Names: 100 % of them')",
    ],
)
def test_sound_code_of_a_cell_is_let_through(code):
    assert list(code_faults(code)) == []
