"""Files of documents: what a file really is, how it comes in, and how it goes out."""
