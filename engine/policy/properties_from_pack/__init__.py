"""What can be proved of packs, by search over all localities and numbers (z3)."""

from engine.policy.properties_from_pack.comparing import comparison_of_packs
from engine.policy.properties_from_pack.proving import properties_from_pack

__all__ = ["comparison_of_packs", "properties_from_pack"]
