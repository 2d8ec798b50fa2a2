"""The JSON that speech recognisers and caption tracks write: a module for each shape.

A shape's module reads a file into a `spoken.Recording`; the others here make a transcript of that, and put back into
the file what became of it.
"""
