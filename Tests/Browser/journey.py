"""Journeys: what somebody does with the pages, one after the other. Each has words that say what it is about."""

ALL = {}


def journey(words):
    def add(function):
        ALL.setdefault(function.__module__, []).append((words, function))
        return function
    return add


def journeys_of(module):
    return ALL[module.__name__]


class Wrong(Exception):
    """Something that a page should have done and did not."""


def need(condition, words):
    if not condition:
        raise Wrong(words)
