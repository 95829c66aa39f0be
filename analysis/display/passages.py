"""A coded passage as a block of the page: the whole words, who says them, and where they stand."""

import html
from typing import Any

from analysis.corpus.reader import Corpus
from analysis.corpus.spans import cite, span_id, speaker_of


def passage_block(texts: Corpus, span: Any, page: str = "evidence.html") -> str:
    """A coded span as HTML: its words, whole; to whom the text gives them; a link to it on the evidence page, whose address is `page`.

    `span` is a row of a coding or of `coded_spans`.
    """
    whose = getattr(span, "whose", None) or speaker_of(texts, span)
    said = "" if whose == "the text itself" else f"{html.escape(whose)}, in "
    target = span_id(span.passage_id, span.start, span.end)
    return (
        f'<blockquote class="passage"><p><q>{html.escape(span.quote)}</q></p>'
        f'<p class="where">{said}<a href="{page}#{target}">{html.escape(cite(texts, span.passage_id))}</a></p></blockquote>'
    )
