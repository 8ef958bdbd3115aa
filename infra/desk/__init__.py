"""`desk`: the operator's command, and the offline cloud it can start."""
