"""Files beside the pages, of which most are as they were."""

from collections.abc import Mapping
from pathlib import Path


def write_folder(folder: Path, files: Mapping[str, str], pattern: str = "**/*") -> None:
    """Let the files of `folder` that match `pattern` be `files`, {name: content}: others are removed, and only what changed is written."""
    for path in folder.glob(pattern):
        if path.is_file() and path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content.encode():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
