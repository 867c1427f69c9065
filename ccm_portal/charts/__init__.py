"""Geometry of the drawings: pure, no query, no text but what it is given.

Horizontal positions are per cent of the drawing's width, so that one drawing fits every screen;
vertical positions are CSS pixels from the top. In right-to-left languages time runs from the right.
"""
