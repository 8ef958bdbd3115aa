"""What the product does, over ports: load, decide, keep.

Routes and the command line call this package; it knows the domain, the policy and
the words, and no AWS, HTTP, environment or log.
"""
