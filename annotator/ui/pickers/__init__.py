"""Popups laid over the window in which a speaker, a target, a topic, an act is picked."""
