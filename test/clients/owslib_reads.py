"""Reads a server with OWSLib and prints what it found as JSON; arguments: root URL."""
import json
import sys

from owslib.ogcapi.features import Features

# OWSLib joins URLs: the one it starts from must end in a slash.
service = Features(sys.argv[1] + "/")
ids = []
for offset in range(0, 400, 100):
    page = service.collection_items("places", limit=100, offset=offset)
    ids += [feature["id"] for feature in page["features"]]
print("RESULT " + json.dumps({
    "collections": service.feature_collections(),
    "openapi": service.api()["openapi"],
    "classes": len(service.conformance()["conformsTo"]),
    "distinct": len(set(ids)),
    "matched": page["numberMatched"],
    "feature": service.collection_item("places", "7")["properties"]["name"],
}))
