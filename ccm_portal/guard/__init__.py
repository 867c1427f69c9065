"""What stands before every request: headers of answers, and limits for whoever asks too much."""
