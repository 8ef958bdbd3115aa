"""DynamoDB in memory: one table with its indexes and its stream, for the offline cloud.

It stands under the product's own adapters, where botocore's client stands in AWS, and is held to
the same contract tests. `client` answers in this process, `endpoint` over HTTP. What is not
implemented is refused, never ignored. See docs/decisions/0031.
"""
