"""Web pages → their visible lines, in order, each with what the page says of it.

:mod:`.parse` makes the tree, :mod:`.lines` the lines, :mod:`.regions` and :mod:`.verdict` the evidence,
:mod:`.render` the text. Nothing here is imported but for a page.
"""
