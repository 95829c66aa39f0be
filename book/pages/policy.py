"""The Content-Security-Policy of every page: it loads what lies beside it, runs nothing that is written into it, and sends nothing away.

A part of book.extension. The site has no headers of its own (GitHub Pages, a folder on a disk), so the policy stands in the page, before
all that it governs. It needs no hash, for `book.look` leaves no script and no style in a page; so whatever a text might bring along is
dead. The page left where another moved (`templates/redirect.html`) has a policy of its own, with the hash of its one script.
"""

POLICY = {
    "default-src": "'none'",  # frames, objects, media, workers
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the icons lie in the style sheets
    "font-src": "'self'",  # the theme's style sheets name fonts, though no page has letters in them
    "connect-src": "'self'",  # the search reads the pages that it found
    "form-action": "'self'",
    "base-uri": "'none'",
}
CHARSET = '<meta charset="utf-8" />'
TAGS = (
    f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(f"{what} {where}" for what, where in POLICY.items())}" />\n'
    '    <meta name="referrer" content="no-referrer" />'
)


def setup(app):
    app.connect("builder-inited", guard)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def guard(app):
    """Let every page that the theme's templates make carry the policy."""
    if app.builder.format == "html":
        templates = app.builder.templates
        render = templates.render
        templates.render = lambda template, context: guarded(render(template, context))


def guarded(page):
    """A page with its policy as the first thing after the character set."""
    return page.replace(CHARSET, f"{CHARSET}\n    {TAGS}", 1)
