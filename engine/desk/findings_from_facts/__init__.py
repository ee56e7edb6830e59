"""What is wrong with facts, found without judging them."""

from engine.desk.findings_from_facts.finding_all import findings_from_facts

__all__ = ["findings_from_facts"]
