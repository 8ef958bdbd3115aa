"""What the product needs of the world, one port a file.

Adapters and the tests' fakes carry the same file names.
"""
