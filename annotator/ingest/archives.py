"""Zip containers (docx, epub): checked before anything in them is unpacked."""

import io
import zipfile

from annotator.ingest.results import UnfitError

MOST_UNPACKED = 200_000_000
MOST_RATIO = 150
_SMALL = 10_000_000  # below this no ratio is dangerous
_MOST_PARTS = 10_000
_XML = (".xml", ".rels", ".opf", ".ncx", ".xhtml", ".html", ".htm")


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The container, found to be whole, unencrypted, of sane size and without entity bombs.

    Raises UnfitError saying which of these it is not.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise UnfitError("it is broken: its container cannot be opened") from None
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or len(parts) > _MOST_PARTS:
        raise UnfitError("it would unpack to far more than any article holds")
    if unpacked > _SMALL and unpacked > MOST_RATIO * len(data):
        raise UnfitError("it would unpack to far more than its size (a zip bomb)")
    if any(part.flag_bits & 1 for part in parts):
        raise UnfitError("it is protected by a password")
    for part in parts:
        if part.filename.lower().endswith(_XML):
            refuse_entities(part_of(archive, part.filename))
    return archive


def part_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one part. Raises UnfitError when it is missing or damaged."""
    try:
        return archive.read(name)
    except KeyError:
        raise UnfitError(f"it is broken: its part {name} is missing") from None
    except Exception:  # noqa: BLE001 - damaged archives raise zlib, lzma, struct and other errors
        raise UnfitError("it is broken: a part of it is damaged") from None


def refuse_entities(xml: bytes) -> None:
    """Raise UnfitError for XML that declares entities: no article needs them, bombs do."""
    if b"<!ENTITY" in xml or b"<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y" in xml:
        raise UnfitError("its XML declares entities, which may be an entity bomb")
