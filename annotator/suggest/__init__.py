"""SpaCy components that suggest entities and statements."""
