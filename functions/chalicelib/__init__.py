"""Complaint Desk: what runs on Lambda.

Imports point one way: ``routes → bootstrap → adapters | settings → service →
policy → domain``. The import linter keeps it.
"""
