"""What tests of readers share."""

import pytest


@pytest.fixture
def path_of(tmp_path):
    """Writes sheets that were typeset to a PDF; returns its path."""

    def _write(sheets):
        path = tmp_path / "示例.pdf"
        path.write_bytes(sheets.bytes())
        return path

    return _write
