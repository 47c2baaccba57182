"""Small papers made by hand, clean or hiding something."""

import io
import struct
import zipfile
import zlib


def pdf(
    stream: str, *, info: str = "", annots: str = "", extra: bytes = b"", drawn: str = "", draws: str = ""
) -> bytes:
    """A PDF of one page with one content stream. `drawn` and `draws`: what `/X Do` draws."""
    named = "<</Font<</F 5 0 R>>/XObject<</X 7 0 R>>>>"
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources{named}{annots}>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<<{info}>>",
        f"<</Type/XObject{drawn}/Length {len(draws)}>>\nstream\n{draws}\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{place:010} 00000 n \n" for place in places).encode()
    out += (
        f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Info 6 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return out + extra


TEXT = "BT /F 12 Tf 50 200 Td (A secret name) Tj ET"
CLEAN = pdf("0 g " + TEXT)
COVERED = pdf(f"0 g {TEXT} 0 0 0 rg 40 190 200 30 re f")
WHITE = pdf(f"1 1 1 rg {TEXT}")
INVISIBLE = pdf("BT 3 Tr /F 12 Tf 50 200 Td (A secret name) Tj ET")
AUTHORED = pdf("0 g " + TEXT, info="/Author(A. Clerk)")
NOTED = pdf("0 g " + TEXT, annots="/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(psst)>>]")
SAVED_OVER = pdf("0 g " + TEXT, extra=b"%%EOF\n")


def office(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


DOCX = office(
    {
        "word/document.xml": "<w:document><w:del><w:t>gone</w:t></w:del><w:vanish/></w:document>",
        "word/comments.xml": "<w:comments/>",
        "docProps/core.xml": "<dc:creator>A. Clerk</dc:creator>",
    }
)
ODT = office(
    {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": "<office:annotation>psst</office:annotation>",
        "meta.xml": "<meta:initial-creator>A. Clerk</meta:initial-creator>",
    }
)
BOMB = office({"word/document.xml": "0" * (101 * 1024 * 1024)})
HTML = b"<!doctype html><html><meta name=author content='A. Clerk'><!-- psst --><p hidden>x</p></html>"
MAIL = b"From: clerk@example.org\nTo: us@example.org\nSubject: Hello\nDate: today\n\nWe accept.\n"


def jpeg(*, gps: bool) -> bytes:
    tag = 0x8825 if gps else 0x010F
    tiff = b"MM\x00*" + struct.pack(">I", 8) + struct.pack(">H", 1) + struct.pack(">HHII", tag, 4, 1, 0)
    block = b"Exif\x00\x00" + tiff
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(block) + 2) + block + b"\xff\xd9"


def png(*, note: str = "") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    notes = chunk(b"tEXt", f"Author\x00{note}".encode()) if note else b""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    picture = chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + notes + picture + chunk(b"IEND", b"")
