"""The one door to PyYAML: texts as trees of nodes, each with its place."""

from engine.yaml_source.reading import FOR_RULES, Limits, read_text

__all__ = ["FOR_RULES", "Limits", "read_text"]
