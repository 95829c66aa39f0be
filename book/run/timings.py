"""How long chapters took. Times differ from run to run, so no page holds them: they lie beside the pages, and nothing compares them."""

from collections.abc import Mapping

from nbformat import NotebookNode

FILE = "status/times.csv"  # from the root of the site


def timings(executed: Mapping[str, NotebookNode]) -> str:
    """The seconds that each chapter of `executed` ({name: notebook}) took, as CSV with the columns chapter, seconds."""
    rows = [("chapter", "seconds"), *((name, notebook.metadata.run.seconds) for name, notebook in executed.items())]
    return "".join(f"{chapter},{seconds}\n" for chapter, seconds in rows)
