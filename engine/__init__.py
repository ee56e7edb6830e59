"""How a verdict is reached: rules and facts in, defended verdicts out."""
