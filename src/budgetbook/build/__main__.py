"""`python -m budgetbook.build` makes the site."""

import sys

from .site import main

sys.exit(main())
