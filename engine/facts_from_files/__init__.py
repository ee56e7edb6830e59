"""How facts are read: from a folder of tables, a workbook or a document."""

from engine.facts_from_files.reading import facts_from_document, facts_from_files

__all__ = ["facts_from_document", "facts_from_files"]
