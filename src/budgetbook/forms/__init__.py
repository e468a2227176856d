"""What a form of disclosure looks like, before any document is opened."""
