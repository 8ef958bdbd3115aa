"""What `infra/screenshots.py` is made of: an offline cloud, a camera, and its subjects."""
