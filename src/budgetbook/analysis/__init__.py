"""What follows from the figures: reconstruction, bridges, drivers, reasons, indicators."""
