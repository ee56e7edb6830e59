"""A dossier as one file: its parts, their digests, its signature, and the proof of all."""
