"""Speed and memory of the library, beside ftfy and a bare scan of words in the same run."""
