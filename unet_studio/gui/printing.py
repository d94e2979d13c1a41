"""A page as a PDF."""

import base64
import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QUrl
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPdfWriter, QTextDocument

_INLINE = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")
_RESOLUTION = 300  # dots per inch
_MARGIN_MM = 14.0


def pdf_of(page: str, *, title: str) -> bytes:
    """An HTML page of ours, whose pictures lie in it, as a PDF on A4."""
    document = QTextDocument()
    document.setDocumentMargin(0)

    def placed(found: re.Match[str]) -> str:
        # Qt's rich text shows no picture that lies in its address, so each becomes a resource with a name.
        name = f"picture-{found.start()}"
        picture = QImage()
        picture.loadFromData(base64.b64decode(found[1]))
        document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), picture)
        return name

    document.setHtml(_INLINE.sub(placed, page))
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("UNet Studio")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM), QPageLayout.Unit.Millimeter)
    writer.setResolution(_RESOLUTION)
    document.print_(writer)
    del writer  # it writes its end when it goes
    buffer.close()
    return bytes(content.data())
