"""JSON Schemas of the files of rules, for editors that complete and check while one types."""

from engine.policy.schema.documents import KINDS, schema_of

__all__ = ["KINDS", "schema_of"]
