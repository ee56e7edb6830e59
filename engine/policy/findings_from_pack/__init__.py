"""What is wrong with rules, and what a reviewer should look at: errors and lint."""

from engine.policy.findings_from_pack.checking import CODES, Checked, check_rules

__all__ = ["CODES", "Checked", "check_rules"]
