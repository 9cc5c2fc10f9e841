"""What invented people do, step by step: each act puts dated deeds on the timeline."""
