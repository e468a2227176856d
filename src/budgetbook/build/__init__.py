"""Makes the site, its notebooks and releases, and verifies them."""

import sys

#: Keeps jsonschema, which looks at notebooks, from compiling 39 grammars of addresses: seconds.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
