"""What an operator sees of a running portal: logs with request ids, and figures of its work."""
