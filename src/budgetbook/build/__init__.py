"""Makes the site, its notebooks and releases, and verifies them."""
