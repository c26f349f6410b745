"""What the scan reader gets right: sample reports typeset, rasterised at 200 dpi, skewed by up to 1°, with noise.

    python -m tests.bench.scans [--samples 3 8] [--seed 1]

Prints amounts exact, unsure and wrong, rows right, and seconds a page; what is wrong is named.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from flows.readers import read
from flows.typeset import Layout, read_samples
from flows.typeset.document import documents
from flows.typeset.pdf import pdf
from flows.typeset.scan import NoChineseFont, scan
from flows.understand import understand
from tests.support.scanned import Score

_SAMPLES = (3, 8)  # a final account in 万元 and a budget in 元


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scans", description="Accuracy of the scan reader")
    parser.add_argument("--samples", type=int, nargs="+", default=_SAMPLES, help="numbers of the sample reports, from 0")
    parser.add_argument("--seed", type=int, default=1, help="draws skew and noise (default: 1)")
    options = parser.parse_args()
    samples = read_samples()
    score, pages, seconds = Score(), 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        for number in options.samples:
            report = samples[number].report
            layout = Layout("scan", seed=options.seed + number)
            for name, blocks in documents(report, layout).items():
                path.write_bytes(pdf(blocks, report.title, layout))
                printed = understand(read(path), f"{name}.pdf")
                try:
                    path.write_bytes(scan(blocks, report.title, layout))
                except NoChineseFont as error:
                    print(error, file=sys.stderr)
                    return 2
                begun = time.process_time()
                document = read(path)
                seconds += time.process_time() - begun
                pages += len(document.ocr_pages)
                score.add(printed, understand(document, f"{name}.pdf"))
    print(f"{pages} pages, {seconds / pages:.1f} CPU s a page")
    print(
        f"amounts: {score.amounts['exact']} exact, {score.amounts['unsure']} unsure, {score.amounts['wrong']} wrong and unmarked;", end=" "
    )
    print(f"exact or unsure {score.exact_or_unsure:.2%}; {score.marked_though_exact} exact ones stand in marked rows")
    print(f"rows: {score.right} of {score.rows} right, {score.rows_right:.2%}")
    for line in [*score.unmarked, *score.wrong_rows]:
        print("  ", line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
