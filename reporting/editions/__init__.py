"""Kinds of reports and what each is made of; pure."""
