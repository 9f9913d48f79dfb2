"""The persistent index: what is known of a corpus's documents, in one SQLite file, and the templates learned from it.

:mod:`.schema` opens the file and refuses one that is not exactly ours, :mod:`.codec` turns surveys and templates into
bytes and back, :mod:`.sketches` what copies are found by, and :mod:`.store` holds the questions that are asked of the
file. Docs: docs/corpus-index.md.
"""
