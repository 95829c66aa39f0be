"""The analysis behind the book: texts and codings in, tidy tables and figures out.

Layers, each importing only from the ones above it:

    problems      what is wrong with the data, worded for the person who can mend it
    files         writing a file all at once
    numerals      numbers as words
    corpus        texts and metadata; zones; passages, sentences, words with offsets
    evidence      a quotation <-> its passage and offsets; short citations
    loaded        loaded words: the reviewed list, and where a text uses one
    edition       title, authors and version
    provenance    where the texts come from, what cleaning removed, how they depend on each other
    proposals     the settlement terms that the texts describe; guarantors; strength of guarantees
    voices        whose words the texts put between quotation marks
    reliability   how far the passes of coding agree
    tables        the registry of published tables
    plots         figures: a function from table to Figure, with caption and alternative text
    grids         a DataFrame as an HTML table in a box that scrolls
    show          how a chapter displays a figure, a table or a number
    schemas       what each data file must hold
    check         all data held against the schemas, every problem named
"""
