"""Formal non-answers, found by rule: pure, explainable, the same for Kazakh and Russian. What is looked for is data."""

from qyzmet.law.nonanswer.data import Data, Fold, read
from qyzmet.law.nonanswer.find import RULES, Finding, Letter, find
from qyzmet.law.nonanswer.masks import prints

__all__ = ["RULES", "Data", "Finding", "Fold", "Letter", "find", "prints", "read"]
