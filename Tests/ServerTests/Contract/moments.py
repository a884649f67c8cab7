"""Lists the names of the moments of an OpenAPI document: moments.py FILE. A line each; those that are not a Moment fail it."""

import sys

import yaml

MOMENT = "#/components/schemas/Moment"
found = set()


def look(name, node):
    if isinstance(node, list):
        for item in node:
            look(name, item)
    elif isinstance(node, dict):
        if node.get("$ref") == MOMENT:
            found.add(name)
        if node.get("format") == "date-time":
            sys.exit(f"{name}: give {MOMENT}")
        for key, value in node.get("properties", {}).items():
            look(key, value)
        for key, value in node.items():
            if key != "properties":
                look(key if key not in ("anyOf", "items") else name, value)


with open(sys.argv[1]) as file:
    document = yaml.safe_load(file)
del document["components"]["schemas"]["Moment"]
look("", document)
print("\n".join(sorted(found)))
