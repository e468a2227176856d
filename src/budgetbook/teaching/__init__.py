"""A department for each student: made, planted with errors, printed, handed in, graded as data.

What it says and chooses from is data, in `data/teaching/` of the project.
"""
