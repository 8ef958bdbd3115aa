"""The heart: what a complaint is, and what the policy makes of it.

Pure, standard library only. Time, the policy and the calendar come in as
arguments. Everything else may import this package; it imports nothing of ours.
"""
