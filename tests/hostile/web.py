"""Web pages that are deep, unclosed, scripted or wrongly labelled."""

from pathlib import Path

from tests.hostile.case import DIED, NO_REPORT, UNSUPPORTED, case

_REFUSED = f"{UNSUPPORTED}|{NO_REPORT}|{DIED}|损坏|没有|超过|过大|太|编码|无法|嵌套"


def page(body: str, head: str = '<meta charset="utf-8">') -> str:
    return f"<!DOCTYPE html><html><head>{head}<title>决算</title></head><body>{body}</body></html>"


def _write(folder: Path, pages: dict[str, str]) -> None:
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf8")


@case(_REFUSED)
def html_scripts(folder: Path) -> None:
    _write(
        folder,
        {
            "script": page("<script>while(true){document.write('预算')}</script><p onclick='x()'>预算</p>"),
            "fetch": page(
                "<iframe src='http://127.0.0.1:9/'></iframe><img src='http://127.0.0.1:9/a.png'><link rel=import href='file:///etc/passwd'>"
            ),
            "only": page("<script>1</script><style>p{}</style><!-- 预算 -->"),
            "refresh": page("<p>x</p>", "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'><base href='http://127.0.0.1:9/'>"),
        },
    )


@case(_REFUSED)
def html_of_great_depth(folder: Path) -> None:
    _write(
        folder,
        {
            "div": page("<div>" * 100_000 + "预算" + "</div>" * 100_000),
            "table": page("<table><tr><td>" * 5_000 + "预算"),
            "inline": page("<b><i><a>" * 20_000 + "预算"),
            "lists": page("<ul><li>" * 30_000 + "预算"),
            "svg": page("<svg><g>" * 30_000 + "<text>预算</text>"),
        },
    )


@case(_REFUSED)
def html_unclosed(folder: Path) -> None:
    _write(
        folder,
        {
            "tags": page("<p><table><td><tr></p><b></table><i>预算"),
            "attribute": page('<p title="' + "x" * 3_000_000 + '">预算</p>'),
            "open": page('<p title="预算>' + "<p>" * 1000),
            "comment": page("<!--" + "预算" * 100_000),
            "cdata": page("<![CDATA[" * 1000),
            "attributes": page("<p " + " ".join(f"a{n}=1" for n in range(15_000)) + ">预算</p>"),
        },
    )


@case(_REFUSED)
def html_mad_tables(folder: Path) -> None:
    _write(
        folder,
        {
            "span": page("<table><tr><td colspan=1000000000 rowspan=1000000000>预算</td></tr><tr><td>1</td></tr></table>"),
            "spans": page("<table>" + "<tr><td colspan=1000 rowspan=65534>预算</td></tr>" * 500 + "</table>"),
            "negative": page("<table><tr><td colspan=-1 rowspan=0>预算</td><td colspan=x>2</td></tr></table>"),
            "wide": page("<table><tr>" + "<td>1" * 30_000 + "</table>"),
        },
    )


@case(_REFUSED)
def html_wrong_charset(folder: Path) -> None:
    text = "部门决算公开" * 100
    (folder / "gbk.html").write_bytes(page(text).encode("gb18030"))
    (folder / "utf8.html").write_bytes(page(text, "<meta charset=gbk>").encode())
    (folder / "none.html").write_bytes(page(text, "<meta charset=x-no-such>").encode())
    (folder / "utf16.html").write_bytes(b"\xff\xfe" + page(text).encode("utf-16-le"))
    (folder / "utf7.html").write_bytes(page("+ADw-script+AD4-", "<meta charset=utf-7>").encode())


@case(_REFUSED)
def html_entities(folder: Path) -> None:
    laughs = '<!DOCTYPE html [<!ENTITY a "预算"><!ENTITY b "&a;&a;&a;&a;">]>'
    _write(
        folder,
        {
            "laughs": f"{laughs}<html><body>&b;&b;</body></html>",
            "numbers": page("&#0;&#x110000;&#99999999999999;&#xD800;&nosuch;&amp" * 5000),
            "svg": f'<?xml version="1.0"?>{laughs}<html><svg><image href="file:///etc/passwd"/><text>&b;</text></svg></html>',
        },
    )
