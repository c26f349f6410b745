"""The command's work: find, draw where a picture is wanted, print."""

from pathlib import Path

import duckdb

from flows.document import parse_ref
from flows.explain.find import Subject, find
from flows.explain.picture import Picture, needs_page, page_picture
from flows.explain.show import show
from flows.explain.source import raw_file
from flows.explain.uses import numbers_of
from flows.query import connect
from flows.settings import Settings


def explain(where: Settings, name: str, image: Path | None) -> None:
    """Prints what is known of ``name``; with ``image`` first writes the page with its place marked as PNG to that file.

    Raises NotFound, NoPicture (no page to show), NoSource (the file is gone or changed), OSError (the picture cannot be written).
    """
    with connect(where.database) as connection:
        subject = find(connection, name)
        drawn = _draw(connection, subject, where.raw, image) if image is not None else None
        show(connection, subject, where.raw)
    if drawn is not None:
        print(f"图片：{image}（第{subject.place.page}页；红框是出处，橙框是随它读入的数字）")
        if drawn.remark:
            print(drawn.remark)
        if drawn.fonts:
            print(f"PDF 没有嵌入字体 {'、'.join(drawn.fonts)}：本机没有中文字体时，图片里缺这些字。")


def _draw(connection: duckdb.DuckDBPyConnection, subject: Subject, raw: Path, image: Path) -> Picture:
    needs_page(subject.place)
    file = raw_file(connection, raw, subject.report["report_key"])
    beside = [parse_ref(number["source_ref"]) for number in numbers_of(connection, subject)]
    drawn = page_picture(file, subject.place, beside)
    drawn.image.save(image, format="PNG")
    return drawn
