"""How the book is made: chapters run in fresh kernels, their outputs go into a strict Jupyter Book build.

chapters     the notebooks that the table of contents names; reading them
execute      run them side by side in fresh kernels; run again whatever is stale
offline      what keeps a running chapter off the network
extension    the Sphinx extension that puts the outputs into the pages
made         the line under each figure and table: data, code, version
look         the theme without what no page uses, its icons drawn
addresses    what others cite: the list, what moved
weight       what a page weighs over the wire
figures      each figure in four forms: wide and narrow, for light and for dark pages
citation     how the book and its pages are cited, in every form
head         what each page says of itself: head tags, banner, box to cite it, foot
stamp        what was done already and need not be done again
safety       one build at a time; swapping books; what a killed build left
build        check, run, render, publish: the whole way, with progress
manuscript   all pages as one document for paper
pdf          the book as one PDF, and the kept one
archive      the pages as one zip
downloads    PDF and zip beside the pages, and the links to them
prose        what the authors wrote themselves
numbers      no typed number in it
fairness     no loaded word in it
measured     the readability of the book beside that of the texts
results      the numbers that a chapter computed, and the results they are held against
hygiene      what a committed notebook and a built page must be
serve        the built book on localhost
"""

import sys

# A grammar of addresses that jsonschema, which nbformat imports, would build in a second; nothing here asks for it.
sys.modules.setdefault("rfc3987_syntax", None)
