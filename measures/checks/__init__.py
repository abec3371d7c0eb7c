from measures.checks.rules import CHECKS, Finding, ItemFacts, Key, PlausibilityCheck, StatedFigure, run_checks

__all__ = ["CHECKS", "Finding", "ItemFacts", "Key", "PlausibilityCheck", "StatedFigure", "run_checks"]
