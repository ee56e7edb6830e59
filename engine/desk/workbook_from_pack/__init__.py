"""The workbook that an inspection team fills in for a pack."""

from engine.desk.workbook_from_pack.making import workbook_from_pack

__all__ = ["workbook_from_pack"]
