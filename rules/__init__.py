"""What the law says."""
