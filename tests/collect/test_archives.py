"""Archives of reports: members are reports of their own, below the archive's path."""

import io
import shutil
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from flows import job
from flows.collect.archives import name_of, unpack
from flows.collect.files import shown, unshown
from flows.collect.landing import file_key
from flows.explain.source import NoSource, raw_file
from flows.query import connect, run_query
from flows.settings import Settings
from tests.conftest import ROOT, run_job
from tests.hostile.archives import archive, raw_archive

_NAMES = ("示例市医疗保障局_2021_部门决算.txt", "演示区教育局_2021_部门决算.txt")
_FIRST, _SECOND = ((ROOT / "raw" / name).read_bytes() for name in _NAMES)


def files(where: Settings) -> dict[str, tuple[str, int | None]]:
    return {
        path: (outcome, members)
        for path, outcome, members in run_query(where.database, "select path, outcome, members from ops.report_files")[1]
    }


@pytest.mark.slow
def test_members_are_reports_like_any_others(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    inner = archive({"甲/乙.txt": _SECOND, "__MACOSX/x": "x"})
    (raw / "包.zip").write_bytes(archive({_NAMES[0]: _FIRST, "内.zip": inner}))
    shutil.copy(ROOT / "raw" / _NAMES[0], raw / _NAMES[0])  # the same report outside
    where = run_job(raw, tmp_path / "warehouse")
    assert files(where) == {
        "包.zip": ("archive", 3),
        f"包.zip/{_NAMES[0]}": ("complete", None),
        "包.zip/内.zip": ("archive", 1),
        "包.zip/内.zip/甲/乙.txt": ("complete", None),
        _NAMES[0]: ("complete", None),
    }
    keys = dict(run_query(where.database, "select path, report_key from ops.report_files")[1])
    assert keys[_NAMES[0]] == keys[f"包.zip/{_NAMES[0]}"] == file_key(raw / _NAMES[0])
    assert run_query(where.database, "select file_name from dim_report order by 1")[1] == sorted([("乙.txt",), (_NAMES[0],)])
    assert not where.unpacked.exists() and not where.working.exists()
    assert job.is_up_to_date(where, job.look(where))

    with connect(where.database) as connection:  # the bytes can be had again, also once the archive was moved
        second = keys["包.zip/内.zip/甲/乙.txt"]
        assert raw_file(connection, raw, second).read_bytes() == _SECOND
        (raw / "包.zip").rename(raw / "改名.zip")
        assert raw_file(connection, raw, second).read_bytes() == _SECOND
        (raw / "改名.zip").unlink()
        with pytest.raises(NoSource):
            raw_file(connection, raw, second)

    (raw / "包.zip").write_bytes(
        archive({"另.txt": _SECOND})
    )  # the archive changed: what it held is gone, the report it keeps is not read again
    where = run_job(raw, where.warehouse)
    assert {path: outcome for path, (outcome, _) in files(where).items() if outcome == "gone"}.keys() == {
        f"包.zip/{_NAMES[0]}",
        "包.zip/内.zip",
        "包.zip/内.zip/甲/乙.txt",
    } | ({"包.zip"} if files(where)["包.zip"][0] == "gone" else set())
    assert run_query(where.database, "select files_read from ops.runs order by started_at, run_id")[1] == [(2,), (0,)]
    assert run_query(where.database, "select count(*) from dim_report")[1] == [(2,)]
    (raw / "包.zip").unlink()
    where = run_job(raw, where.warehouse)
    assert run_query(where.database, "select file_name from dim_report")[1] == [(_NAMES[0],)]


@pytest.mark.slow
def test_members_are_read_again_where_readers_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "包.zip").write_bytes(archive({"甲.txt": _FIRST}))
    where = run_job(raw, tmp_path / "warehouse")
    monkeypatch.setattr(job, "reader_version", lambda: "another")
    plan = job.look(where)
    assert [source.name for source in plan.to_read.values()] == ["包.zip"]
    plan = job.read(where, plan)
    assert [source.name for source in plan.to_read.values()] == ["甲.txt"]


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return [name_of(info) for info in opened.infolist()]


def test_names_are_read_as_they_were_meant() -> None:
    assert names(archive({"决算.pdf": "x"})) == ["决算.pdf"]
    assert names(raw_archive([("决算.pdf".encode("gb18030"), b"x", 1, 0)])) == ["决算.pdf"]
    assert names(raw_archive([("决算.pdf".encode(), b"x", 1, 0)])) == ["决算.pdf"]
    assert names(raw_archive([(b"plain.pdf", b"x", 1, 0)])) == ["plain.pdf"]
    info = zipfile.ZipInfo("?.pdf")
    info.orig_filename, info.flag_bits = "?.pdf", 0
    field = b"\x01" + struct.pack("<L", zlib.crc32(b"?.pdf")) + "预算.pdf".encode()
    info.extra = struct.pack("<HH", 0x7075, len(field)) + field
    assert name_of(info) == "预算.pdf"
    info.extra = info.extra.replace(struct.pack("<L", zlib.crc32(b"?.pdf")), b"abcd")
    assert name_of(info) == "?.pdf"


def test_nothing_is_written_outside(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(archive({"../../b.txt": "x", "/c.txt": "x", "d/e.txt": "y"}))
    contents = unpack(path, "key", tmp_path / "in" / "here")
    assert [(member.path, member.file is not None) for member in contents.members] == [
        ("（上级）/（上级）/b.txt", False),
        ("c.txt", False),
        ("d/e.txt", True),
    ]
    assert sorted(found.name for found in tmp_path.rglob("*") if found.is_file()) == ["00001", "a.zip"]


@pytest.mark.parametrize("name", ["a.txt", "a\nb", "\x1b[0m", "\\x0a", "\u202ea", "\udcff", "é", "长\\", "\\\\x41"])
def test_shown_names_stay_different(name: str) -> None:
    assert unshown(shown(name)) == name
    assert shown(name).isprintable() and shown(name).encode()
