"""The policy file, the organisation file and their readers.

Service and everything above it may import this package; it imports only the domain.
"""

from chalicelib.policy.reader import load_organisation, load_policy

__all__ = ["load_organisation", "load_policy"]
