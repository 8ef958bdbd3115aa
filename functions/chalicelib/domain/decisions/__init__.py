"""Decisions: *(complaint, command, context, now) → new events*, or a named refusal.

One module a subject; the table of `domain.verbs` names for each verb which function decides
it. Pure: nothing here reads a clock, a table or the environment, so that any past can be
decided again under any policy.
"""
