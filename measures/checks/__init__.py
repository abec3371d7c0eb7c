from measures.checks.rules import CHECKS, Check, Finding, ItemFacts, Key, Statement, run_checks

__all__ = ["CHECKS", "Check", "Finding", "ItemFacts", "Key", "Statement", "run_checks"]
