"""A folder as its bytes, to be compared before and after."""

from pathlib import Path


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, hidden ones too, by its path there."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
