"""A disclosure in memory: its figures, units and payroll, and expressions over them."""
