"""Zips that are the same, byte for byte, where their files are."""

import io
import zipfile
from collections.abc import Iterable

_THEN = (1980, 1, 1, 0, 0, 0)  # the time of every file in a zip: the earliest that the format knows

_MODE = 0o100644


def zip_files(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files, as pairs of a name and its content, as a zip in their order, with one time and one mode for all."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, inside in files:
            entry = zipfile.ZipInfo(name, _THEN)
            entry.create_system, entry.external_attr, entry.compress_type = 3, _MODE << 16, zipfile.ZIP_DEFLATED
            packed.writestr(entry, inside)
    return content.getvalue()
