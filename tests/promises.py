"""What the book promises, by name. A test that proves one carries the mark `promise(name)`; the README's table is made from both."""

PROMISES = {
    "quotations": "Of no text does the book show more than half, nor more than 60 words in a row; every quotation is verbatim.",
    "numbers": "Every number in the prose was computed by a cell, or stands on a reviewed list.",
    "fair words": "The authors use none of the loaded words on a reviewed list in their own voice.",
    "references": "Every cite key has an entry, every entry is used, every link is well-formed.",
    "results": "A fresh run gives the committed results.",
    "notebooks": "Chapters are committed without outputs, with short cells, and nothing in them depends on machine or chance.",
    "same book": "Two builds of one commit give the same bytes, wherever and whenever they are made.",
    "faults": "Whatever stops a build, the book that stood stays whole, and the next build gives what a clean one gives.",
    "bad input": "Bad data are refused with file, row, column and remedy, never with a traceback.",
    "hostile input": "What a text or a coding holds is shown as text: it can run nothing, in a browser or a spreadsheet.",
    "no request": "No page asks anything of another machine, and its Content-Security-Policy would not let it.",
}
