"""The server for tests and measures is as strict as a public host."""

import gzip
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from server import POLICY, served


def test_a_folder_is_served_below_its_path_with_a_policy_and_compressed(tmp_path):
    (tmp_path / "page.html").write_text("<p>预算</p>", encoding="utf-8")
    (tmp_path / "a.wasm").write_bytes(b"wasm")
    with served(tmp_path, "/books/budget") as address:
        with urlopen(f"{address}/page.html") as page:
            assert gzip.decompress(page.read()).decode() == "<p>预算</p>"
            assert page.headers["Content-Security-Policy"] == POLICY
        with urlopen(Request(f"{address}/a.wasm", method="HEAD")) as file:
            assert file.headers["Content-Type"] == "application/wasm"
        for nowhere in (f"{address}/none.html", address.replace("/books/budget", "/page.html")):
            with pytest.raises(HTTPError, match="404"):
                urlopen(nowhere)
