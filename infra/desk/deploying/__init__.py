"""`desk deploy`: a stage of the product in the company's own AWS account."""
