"""Exact numbers: money, rounding, linear systems. It knows no budget."""
