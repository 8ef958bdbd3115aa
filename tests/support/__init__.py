"""What several tests share: people, offices, forms, clouds, and ways to see what was sent."""
