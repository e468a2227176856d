"""For people: frames, charts, downloads. Here pandas and seaborn come in."""
