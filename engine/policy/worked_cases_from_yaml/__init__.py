"""How the cases beside a pack are read: `<pack>.tests.yaml`."""

from engine.policy.worked_cases_from_yaml.reading import worked_cases_from_yaml

__all__ = ["worked_cases_from_yaml"]
