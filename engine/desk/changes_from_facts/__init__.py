"""What changed between two reviews, by locality."""

from engine.desk.changes_from_facts.comparing import Review, changes_from_facts

__all__ = ["Review", "changes_from_facts"]
