"""What is done with facts before they are judged: asked for, cleaned, checked, compared."""
