"""What an official document printed against what the records give, and against itself."""
