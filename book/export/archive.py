"""The pages of the book as one zip for reading offline; the same pages give the same bytes."""

import zipfile
from pathlib import Path

THEN = (1980, 1, 1, 0, 0, 0)  # the time of every file in a zip: the earliest that the format knows
MODE = 0o100644


def archive(site, folder, file, changed=()):
    """Pack all files of `site` into the zip `file`, in a folder of the name `folder`.

    `changed` maps paths within the site to bytes that stand there instead. What only a developer or a build reads is left out.
    """
    site, changed = Path(site), dict(changed)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()):
            if not left_out(name):
                entry = zipfile.ZipInfo(f"{folder}/{name}", THEN)
                entry.create_system, entry.external_attr, entry.compress_type = 3, MODE << 16, zipfile.ZIP_DEFLATED
                packed.writestr(entry, changed.get(name) or (site / name).read_bytes())


def left_out(name):
    """Whether a file of the site is no part of the zip: source maps, the notes of the build, a zip."""
    return name.endswith((".map", ".zip")) or ".buildinfo" in name or "/." in f"/{name}"
