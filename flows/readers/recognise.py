"""Pictures of printed lines → their characters, with where each stands in the picture and how sure the recogniser is of it.

The models are those inside the RapidOCR wheel; they are loaded once in a process and nothing is fetched.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

_HEIGHT = 48  # pixels that the model sees of a line
_STEP = 8  # pixels of its input for each of its answers
_NARROWEST = 64
_BATCH_WIDTH = 4096  # pixels in one call, which bounds its memory
_NO_RIVALS = 0.98  # certainty from which no other character comes in question
_LEAST_RIVAL = 0.005
_THREADS = 1  # a report is read in a process of its own; more threads would only take turns


class NoRecogniser(Exception):
    """The models cannot be loaded; one line."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A recognised character, its middle from the left of the picture (0 … 1), and the model's certainty (0 … 1).

    ``rivals``: other characters that the model saw there, the likeliest first.
    """

    text: str
    at: float
    certainty: float
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Model:
    session: Any
    signs: list[str]


@cache
def _model() -> _Model:
    try:
        from rapidocr_onnxruntime.ch_ppocr_rec import TextRecognizer

        path = files("rapidocr_onnxruntime").joinpath("models/ch_PP-OCRv4_rec_infer.onnx")
        config = {"model_path": str(path), "intra_op_num_threads": _THREADS, "inter_op_num_threads": 1}
        recogniser = TextRecognizer(config | {"rec_batch_num": 1, "rec_img_shape": [3, _HEIGHT, 320]})
        return _Model(recogniser.session, recogniser.postprocess_op.character)
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        raise NoRecogniser(f"文字识别组件 rapidocr-onnxruntime 不能使用（{type(error).__name__}），请重新安装依赖") from error


def recognise(lines: Sequence[NDArray[np.uint8]]) -> list[list[Sign]]:
    """The characters of each picture (grey, dark on white, one printed line each). Raises NoRecogniser."""
    model = _model()
    widths = [max(1, math.ceil(line.shape[1] * _HEIGHT / line.shape[0])) for line in lines]
    found: list[list[Sign]] = [[] for _ in lines]
    for batch in _batches(widths):
        room = max(_NARROWEST, math.ceil(max(widths[i] for i in batch) / _STEP) * _STEP)
        inputs = np.zeros((len(batch), 3, _HEIGHT, room), dtype=np.float32)
        for row, index in enumerate(batch):
            line = cv2.resize(
                lines[index], (widths[index], _HEIGHT), interpolation=cv2.INTER_AREA if lines[index].shape[0] > _HEIGHT else cv2.INTER_CUBIC
            )
            inputs[row, :, :, : widths[index]] = line.astype(np.float32) / 127.5 - 1
        answers = model.session(inputs)[0]
        for row, index in enumerate(batch):
            found[index] = _signs(answers[row], model.signs, room / widths[index])
    return found


def _batches(widths: Sequence[int]) -> list[list[int]]:
    """Pictures of like width together: all in a call are filled up to the widest."""
    batches: list[list[int]] = []
    for index in sorted(range(len(widths)), key=lambda i: (widths[i], i)):
        if batches and (len(batches[-1]) + 1) * max(_NARROWEST, widths[index]) <= _BATCH_WIDTH:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches


def _signs(answers: NDArray[np.float32], alphabet: list[str], stretch: float) -> list[Sign]:
    """The model's answers, step by step, without blanks and repetitions."""
    best, sure = answers.argmax(axis=1), answers.max(axis=1)
    found: list[Sign] = []
    start = 0
    for end in range(1, len(best) + 1):
        if end < len(best) and best[end] == best[start]:
            continue
        if best[start] != 0:
            middle = (start + end) / 2 / len(best) * stretch
            peak = start + int(sure[start:end].argmax())
            certainty = float(sure[peak])
            rivals = _rivals(answers[peak], alphabet) if certainty < _NO_RIVALS else ()
            found.append(Sign(alphabet[best[start]], min(1.0, middle), certainty, rivals))
        start = end
    return found


def _rivals(answer: NDArray[np.float32], alphabet: list[str]) -> tuple[str, ...]:
    """The characters behind the first, the likeliest first."""
    likeliest = np.argsort(answer)[::-1][:6]
    return tuple(alphabet[i] for i in likeliest[1:] if i != 0 and answer[i] >= _LEAST_RIVAL)
