"""Makes `reference.docx`, the styles of the Word file, from pandoc's own reference document.

Run `python -m actions.prose.word.reference` after a change: the result is kept beside it.
"""

import io
import re
import subprocess
import zipfile

import pypandoc

from actions.prose.word import REFERENCE

SERIF = "Georgia"
ACCENT = "0A4A5C"
QUIET = "475660"

FOOTER = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr>
<w:pStyle w:val="Footer"/><w:jc w:val="end"/></w:pPr>
<w:r><w:fldChar w:fldCharType="begin"/></w:r>
<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>
<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>"""

PAGE = (
    '<w:footerReference w:type="default" r:id="rIdFooter"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1361" w:right="1588" w:bottom="1474" w:left="1588" '
    'w:header="709" w:footer="709" w:gutter="0"/>'
)


def _style(
    identifier: str,
    name: str,
    *,
    based_on: str = "Normal",
    paragraph: str = "",
    run: str = "",
    is_custom: bool = False,
) -> str:
    custom = ' w:customStyle="1"' if is_custom else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/><w:next w:val="BodyText"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _run(size: int, colour: str = "", *, is_bold: bool = False) -> str:
    """A run's properties; `size` in points."""
    shade = f'<w:color w:val="{colour}"/>' if colour else ""
    weight = '<w:b w:val="1"/>' if is_bold else '<w:b w:val="0"/>'
    return (
        f'<w:rFonts w:ascii="{SERIF}" w:hAnsi="{SERIF}" w:cs="{SERIF}"/>{weight}'
        f'{shade}<w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/>'
    )


def _spacing(before: int, after: int, *, keep: bool = False) -> str:
    """A paragraph's properties in twentieths of a point."""
    keep_next = '<w:keepNext w:val="1"/>' if keep else ""
    space = f'w:before="{before}" w:after="{after}" w:line="288" w:lineRule="auto"'
    return f"{keep_next}<w:spacing {space}/>"


STYLES = {
    "Normal": '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    f'<w:name w:val="Normal"/><w:qFormat/><w:pPr>{_spacing(0, 120)}</w:pPr>'
    f"<w:rPr>{_run(11)}</w:rPr></w:style>",
    "BodyText": _style("BodyText", "Body Text", paragraph=_spacing(0, 140)),
    "FirstParagraph": _style(
        "FirstParagraph", "First Paragraph", based_on="BodyText", is_custom=True
    ),
    "Compact": _style(
        "Compact", "Compact", based_on="BodyText", paragraph=_spacing(0, 80), is_custom=True
    ),
    "Title": _style("Title", "Title", paragraph=_spacing(0, 80), run=_run(26, ACCENT)),
    "Subtitle": _style("Subtitle", "Subtitle", paragraph=_spacing(0, 240), run=_run(13, QUIET)),
    "Heading1": _style(
        "Heading1",
        "heading 1",
        paragraph=_spacing(480, 160, keep=True) + '<w:outlineLvl w:val="0"/>',
        run=_run(18, ACCENT),
    ),
    "Heading2": _style(
        "Heading2",
        "heading 2",
        paragraph=_spacing(120, 120, keep=True) + '<w:outlineLvl w:val="1"/>',
        run=_run(13, is_bold=True),
    ),
    "FootnoteText": _style(
        "FootnoteText",
        "footnote text",
        paragraph='<w:spacing w:before="0" w:after="40" w:line="252" w:lineRule="auto"/>',
        run=_run(9),
    ),
}
ADDED = (
    _style(
        "HeadingLabel",
        "Heading Label",
        paragraph=_spacing(320, 0, keep=True),
        run=_run(9, QUIET),
        is_custom=True,
    ),
    _style(
        "EditionFacts",
        "Edition Facts",
        paragraph=_spacing(0, 40),
        run=_run(10, QUIET),
        is_custom=True,
    ),
    '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/>'
    f'<w:basedOn w:val="Normal"/><w:rPr>{_run(9, QUIET)}</w:rPr></w:style>',
)


def make() -> bytes:
    """The reference document."""
    ours = subprocess.run(  # noqa: S603  our own pandoc, no input
        [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"],
        check=True,
        capture_output=True,
    ).stdout
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(ours)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            text = source.read(name)
            made.writestr(_entry(name), _changed(name, text.decode()).encode())
        made.writestr(_entry("word/footer1.xml"), FOOTER)
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry with a fixed time, so that the same styles make the same file."""
    entry = zipfile.ZipInfo(name, date_time=(2011, 8, 20, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _changed(name: str, text: str) -> str:
    match name:
        case "word/styles.xml":
            for identifier, style in STYLES.items():
                pattern = rf'<w:style [^>]*w:styleId="{identifier}".*?</w:style>'
                text, times = re.subn(pattern, lambda _found, s=style: s, text, count=1, flags=re.S)  # type: ignore[misc]
                assert times == 1, identifier
            text = text.replace("</w:styles>", "".join(ADDED) + "</w:styles>")
            return text.replace('<w:lang w:val="en-US"', '<w:lang w:val="en-GB"')
        case "word/document.xml":
            return re.sub(
                r"<w:sectPr>.*?</w:sectPr>", f"<w:sectPr>{PAGE}</w:sectPr>", text, flags=re.S
            )
        case "word/_rels/document.xml.rels":
            relation = (
                '<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                'relationships/footer" Id="rIdFooter" Target="footer1.xml"/>'
            )
            return text.replace("</Relationships>", f"{relation}</Relationships>")
        case "[Content_Types].xml":
            part = (
                '<Override PartName="/word/footer1.xml" ContentType="application/vnd.'
                'openxmlformats-officedocument.wordprocessingml.footer+xml"/>'
            )
            return text.replace("</Types>", f"{part}</Types>")
        case _:
            return text


if __name__ == "__main__":
    REFERENCE.write_bytes(make())
