"""How what the engine found is said to people."""
