"""What is asked of rules before anybody is judged by them: cases, proofs, changes."""
