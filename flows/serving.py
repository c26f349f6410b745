"""``jixiao serve``: the schedule of prefect.yaml in one command, with Prefect's own server and page unless one is configured."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import yaml

from flows.settings import Settings

_DEPLOYMENTS = Path(__file__).resolve().parents[1] / "prefect.yaml"
_START_SECONDS = 180


def deployment() -> dict:
    """The deployment as prefect.yaml holds it: name, description, schedules."""
    return yaml.safe_load(_DEPLOYMENTS.read_text(encoding="utf8"))["deployments"][0]


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


class ServerFailed(Exception):
    """Prefect's server did not start."""


@contextmanager
def server(port: int) -> Iterator[str]:
    """The API address of Prefect's server: the configured one, else one started here and stopped at the end."""
    configured = os.environ.get("PREFECT_API_URL")
    if configured:
        yield configured
        return
    url = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(_START_SECONDS * 2):
            if _healthy(url):
                break
            if process.poll() is not None:
                raise ServerFailed(f"Prefect 服务没有启动（端口 {port} 可能被占用）。用 --port 换一个端口。")
            time.sleep(0.5)
        else:
            raise ServerFailed(f"Prefect 服务 {_START_SECONDS} 秒内没有就绪。")
        os.environ["PREFECT_API_URL"] = url
        yield url
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def serve_schedule(where: Settings, cron: str | None, every: int | None, port: int) -> None:
    """Serves the flow on its schedule until interrupted. Raises ServerFailed."""
    defined = deployment()
    planned = defined["schedules"][0]

    def stop(signum: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    with server(port) as url:
        from prefect.schedules import Cron, Interval

        from flows.pipeline import publish_reports

        schedule = Interval(every) if every else Cron(cron or planned["cron"], timezone=planned["timezone"])
        shown = f"每 {every} 秒" if every else f"{cron or planned['cron']}（{planned['timezone']}）"
        print(f"计划 {defined['name']}：{shown}；页面 {url.removesuffix('/api')}；Ctrl-C 停止。", flush=True)
        corrections = str(where.corrections) if where.corrections else None
        publish_reports.serve(
            name=defined["name"],
            description=defined["description"],
            schedule=schedule,
            parameters={
                "raw": str(where.raw),
                "warehouse": str(where.warehouse),
                "workers": where.workers,
                "corrections": corrections,
                "matches": str(where.matches) if where.matches else None,
            },
            print_starting_message=False,
        )
