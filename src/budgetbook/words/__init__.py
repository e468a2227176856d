"""What things are called, and verdicts in print."""
