"""SHA256SUMS of a folder, in the form that `sha256sum -c` checks."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from annotator.export.loss import file_sha256

NAME = "SHA256SUMS"


def sums(folder: Path) -> dict[str, str]:
    """Hex SHA-256 of every file of a folder by its path in it with `/`, sorted; SHA256SUMS not."""
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {name: file_sha256(files[name]) for name in sorted(files) if name != NAME}


def text(sums: Mapping[str, str]) -> str:
    """The contents of SHA256SUMS."""
    return "".join(f"{digest}  {name}\n" for name, digest in sums.items())


def digest(lines: Iterable[str]) -> str:
    """Hex SHA-256 of lines, each closed by a line end."""
    whole = hashlib.sha256()
    for line in lines:
        whole.update(f"{line}\n".encode())
    return whole.hexdigest()


def problems(folder: Path) -> list[str]:
    """What is not as SHA256SUMS says: files changed, missing, or not named in it."""
    listed = folder / NAME
    if not listed.is_file():
        return [f"{NAME} is missing"]
    told = {}
    for line in listed.read_text("utf-8", errors="replace").splitlines():
        digest_, _, name = line.partition("  ")
        told[name] = digest_
    found = sums(folder)
    return [
        *(f"{name} is missing" for name in told if name not in found),
        *(f"{name} was changed" for name in told if name in found and found[name] != told[name]),
        *(f"{name} is not of the release" for name in found if name not in told),
    ]
