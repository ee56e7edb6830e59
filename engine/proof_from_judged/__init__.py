"""From verdicts in columns to the proof of one: checks, counts, rows and cells."""

from engine.proof_from_judged.proving import proof_of

__all__ = ["proof_of"]
