"""What the product does, over ports: load, decide, save.

A use case is handed what it needs; it imports no adapter, no page and no view.
"""
