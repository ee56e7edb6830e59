"""From verdicts in columns to the proof of one: checks, counts, rows and cells."""

from engine.proof_from_judged.proving import Prover, proof_of, refuse_unknown

__all__ = ["Prover", "proof_of", "refuse_unknown"]
