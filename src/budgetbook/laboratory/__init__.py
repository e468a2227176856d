"""For the reader's browser: changed data judged, walks, prepared cases."""
