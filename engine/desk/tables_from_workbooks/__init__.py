"""How workbooks as inspection teams keep them become clean tables."""

from engine.desk.tables_from_workbooks.importing import tables_from_workbooks

__all__ = ["tables_from_workbooks"]
