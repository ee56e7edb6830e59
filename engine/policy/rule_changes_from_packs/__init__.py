"""What differs between two packs, by what they mean and not by how they are written."""

from engine.policy.rule_changes_from_packs.comparing import rule_changes_from_packs
from engine.policy.rule_changes_from_packs.matching import matched_criteria
from engine.policy.rule_changes_from_packs.meaning import meaning_of_condition

__all__ = ["matched_criteria", "meaning_of_condition", "rule_changes_from_packs"]
