"""The prose of a progress report: Markdown with figure tags, as page, Word file and PDF.

`tags` reads the tags, `languages` knows each language's grammar, `expansion` writes the numbers and
footnotes into plain Markdown, `tree` reads that one text, and `html`, `word` and `pdf` set it.
"""
