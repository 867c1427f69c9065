"""Who works here, how they sign in, and what proves that it is they."""
