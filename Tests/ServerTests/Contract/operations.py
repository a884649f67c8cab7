"""Lists the operations of an OpenAPI document: operations.py FILE. A line each, METHOD PATH."""

import sys

import yaml

METHODS = {"get", "put", "post", "delete", "patch", "head", "options", "trace"}
with open(sys.argv[1]) as document:
    for path, item in yaml.safe_load(document)["paths"].items():
        for method in METHODS & set(item):
            print(method.upper(), path)
