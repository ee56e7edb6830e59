"""How rules are read: YAML files become a vocabulary and packs (LANGUAGE §2–6)."""

from engine.rules_from_yaml.pack_from_yaml import pack_from_yaml
from engine.rules_from_yaml.vocabulary_from_yaml import vocabulary_from_yaml

__all__ = ["pack_from_yaml", "vocabulary_from_yaml"]
