"""How the book is made: chapters run in fresh kernels, their outputs go into a strict Jupyter Book build.

chapters     the notebooks that the table of contents names; reading them
execute      run them side by side in fresh kernels; run again whatever is stale
offline      what keeps a running chapter off the network
extension    the Sphinx extension that puts the outputs into the pages
figures      each figure in four forms: wide and narrow, for light and for dark pages
build        check, run, render, publish: the whole way, with progress
results      the numbers that a chapter computed, and the results they are held against
hygiene      what a committed notebook and a built page must be
serve        the built book on localhost
"""
