"""How law is concluded: formulas as productions in a network of durable-rules."""
