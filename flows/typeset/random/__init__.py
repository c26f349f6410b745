"""Random reports of fictional bureaus: facts and a layout, from any source of choices.

    report, layout = random_report(SeededChoices(7))

The same choices give the same report, so a seed, or what a property test shrank to, says everything about it.
"""

from flows.typeset.random.book import random_facts
from flows.typeset.random.choices import Choices, SeededChoices
from flows.typeset.random.layout import random_layout, with_any_ruling
from flows.typeset.random.report import random_report

__all__ = ["Choices", "SeededChoices", "random_facts", "random_layout", "random_report", "with_any_ruling"]
