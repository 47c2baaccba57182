"""What a picture tells besides what it shows: where and with what it was taken, and what was noted in it."""

import struct
from collections.abc import Iterator

from django.core.exceptions import ValidationError

_BROKEN = "The picture is broken: save it anew and send that."
# Markers of a JPEG that stand alone, without a length.
_ALONE = {0x01, *range(0xD0, 0xD9)}
_SCAN = 0xDA


def in_jpeg(content: bytes) -> list[str]:
    """The blocks of a JPEG before the picture itself."""
    found = []
    for marker, block in _jpeg_blocks(content):
        if marker == 0xE1 and block.startswith(b"Exif"):
            place = " It tells where it was taken." if _has_gps(block) else ""
            found.append(f"Metadata of the camera (Exif).{place}")
        elif marker == 0xE1 and b"ns.adobe.com/xap" in block[:80]:
            found.append("Metadata: a block of XMP, which may name people and programs.")
        elif marker == 0xED:
            found.append("Metadata: captions and names (IPTC).")
        elif marker == 0xFE:
            found.append(f"A comment: “{block.decode('utf-8', 'replace')[:80]}”.")
    return list(dict.fromkeys(found))


def _jpeg_blocks(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise ValidationError(_BROKEN)
        marker = content[at + 1]
        if marker == _SCAN or marker == 0xD9:
            return
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        [length] = struct.unpack(">H", content[at + 2 : at + 4])
        if length < 2 or at + 2 + length > len(content):
            raise ValidationError(_BROKEN)
        yield marker, content[at + 4 : at + 2 + length]
        at += 2 + length


def _has_gps(block: bytes) -> bool:
    """The tag 0x8825 in the first directory of an Exif block."""
    tiff = block[6:]
    order = ">" if tiff[:2] == b"MM" else "<"
    try:
        [start] = struct.unpack(f"{order}I", tiff[4:8])
        [count] = struct.unpack(f"{order}H", tiff[start : start + 2])
        tags = [tiff[start + 2 + 12 * n : start + 4 + 12 * n] for n in range(min(count, 200))]
        return struct.pack(f"{order}H", 0x8825) in tags
    except struct.error:
        return False


def in_png(content: bytes) -> list[str]:
    """The chunks of a PNG that hold words."""
    found, at, whole = [], 8, False
    while at + 12 <= len(content):
        [length] = struct.unpack(">I", content[at : at + 4])
        kind, block = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        if len(block) < length:
            raise ValidationError(_BROKEN)
        if kind in (b"tEXt", b"iTXt", b"zTXt"):
            name = block.partition(b"\x00")[0].decode("latin-1")
            found.append(f"A note: “{name[:40]}”.")
        if kind == b"eXIf":
            found.append("Metadata of the camera (Exif).")
        at += 12 + length
        if kind == b"IEND":
            whole = True
            break
    if not whole:
        raise ValidationError(_BROKEN)
    if content[at:].strip(b"\x00"):
        found.append("Something behind the end of the picture: parts that were cut off may still be there.")
    return list(dict.fromkeys(found))
