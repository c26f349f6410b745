"""LibreOffice as a converter of old formats: without a window, a profile of its own, macros and links off, and a time limit."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from flows.readers.errors import Unreadable

TIME_LIMIT = 120.0  # seconds for one file
MAX_FILE_BYTES = 256 * 1024 * 1024
_PROGRAMS = ("soffice", "libreoffice")
_ITEM = '<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
# No macro runs, no link is followed, nothing is asked.
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
)
_NOWHERE = "http://127.0.0.1:9"  # a proxy that is not there: no request leaves the machine


def to_docx(path: Path, ending: str) -> bytes:
    """The file as docx. ``ending``: that of its true format (doc, rtf).

    Raises Unreadable without LibreOffice, for a file it cannot read, and after ``TIME_LIMIT`` seconds.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise Unreadable(
            "needs_libreoffice",
            "读取旧版 Word 文件（doc、rtf）需要 LibreOffice：请安装 libreoffice-writer（如 apt install libreoffice-writer），或另存为 docx",
        )
    if path.stat().st_size > MAX_FILE_BYTES:
        raise Unreadable("too_large", f"文件超过上限（{MAX_FILE_BYTES // 1024 // 1024} MiB），不予转换")
    with tempfile.TemporaryDirectory(prefix="jixiao-office-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        (home / "in").mkdir()
        source = home / "in" / f"source.{ending}"
        shutil.copyfile(path, source)
        _write_profile(home / "profile")
        _run(
            [
                program,
                f"-env:UserInstallation={(home / 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--nodefault",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                str(home),
                str(source),
            ],
            home,
        )
        made = home / "source.docx"
        if not made.is_file():
            raise Unreadable("conversion_failed", "LibreOffice 打不开这个文件：可能已损坏或有密码，请用 Word 另存为 docx")
        return made.read_bytes()


def _write_profile(profile: Path) -> None:
    (profile / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' + items + "</oor:items>\n",
        encoding="utf8",
    )


def _run(command: list[str], home: Path) -> None:
    """Runs LibreOffice in a process group of its own, which ends with it whatever happens."""
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE)
    environment = {**os.environ, **proxies, "HOME": str(home), "TMPDIR": str(home)}
    process = subprocess.Popen(
        command,
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("conversion_timeout", f"LibreOffice 转换超过 {TIME_LIMIT:.0f} 秒，已停止：请用 Word 另存为 docx") from error
    finally:
        with contextlib.suppress(ProcessLookupError):  # all of the group ended by themselves
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
