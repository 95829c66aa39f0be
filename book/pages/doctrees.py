"""The pages as Sphinx keeps them, taken from their files before a change comes: it goes through all of them to number the figures."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def connect_doctrees(app: Sphinx) -> None:
    """Called by Sphinx through `book.pages.extension`."""
    ahead: dict[str, nodes.document] = {}

    def read_ahead(_app: Sphinx) -> None:
        ahead.update({name: app.env.get_doctree(name) for name in app.env.all_docs})
        app.env._pickled_doctree_cache.clear()  # or a page that is read anew would come from it as it was

    def hand_out(_app: Sphinx, env: BuildEnvironment) -> list[str]:
        read = env.get_doctree
        env.get_doctree = lambda name: ahead.pop(name, None) or read(name)  # type: ignore[assignment, method-assign]
        return []

    def read_again(_app: Sphinx, env: BuildEnvironment) -> list[str]:
        del env.get_doctree
        return []

    app.connect("builder-inited", read_ahead, priority=800)  # before the chapters are looked at
    app.connect("env-purge-doc", lambda _app, _env, name: ahead.pop(name, None))  # it is read anew
    app.connect("env-get-updated", hand_out, priority=100)
    app.connect("env-get-updated", read_again, priority=900)  # when figures have their numbers: from then on pages are changed
