"""Where a reader can say that something is wrong: an issue or a mail, as CITATION.cff names a place for them."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

_GITHUB = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+?(?:\.git)?/*")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def report_address(given: Mapping[str, Any], title: str, body: str) -> str | None:
    """The address that opens an issue or a mail with `title` and `body` filled in; None where no place for it is named.

    `given` is what CITATION.cff says: its `repository-code` where that is on GitHub or else the `email` of its first `contact`.
    """
    repository = str(given.get("repository-code", ""))
    if _GITHUB.fullmatch(repository):
        return f"{repository.rstrip('/').removesuffix('.git')}/issues/new?title={quote(title, safe='')}&body={quote(body, safe='')}"
    contacts = given.get("contact") or [{}]
    mail = str(contacts[0].get("email", ""))
    return f"mailto:{mail}?subject={quote(title, safe='')}&body={quote(body, safe='')}" if _MAIL.fullmatch(mail) else None
