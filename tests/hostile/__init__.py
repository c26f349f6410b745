"""Hostile files, each made by code: ``CASES`` maps a name to how it is made and what is to become of it."""

from tests.hostile import archives, images, names, office, pdfs, texts, web
from tests.hostile.case import CASES, READ, Case

__all__ = ["CASES", "READ", "Case", "archives", "images", "names", "office", "pdfs", "texts", "web"]
