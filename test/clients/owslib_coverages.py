"""Reads coverages of a server with OWSLib and prints what it found as JSON; arguments: root URL, collection."""
import json
import sys

from owslib.ogcapi.coverages import Coverages

service = Coverages(sys.argv[1] + "/")
name = sys.argv[2]
grid = service.coverage_domainset(name)["generalGrid"]
data = service.coverage(name, properties=["b1"], scale_factor=4).read()
print("RESULT " + json.dumps({
    "coverages": service.coverages(),
    "axes": [axis["axisLabel"] for axis in grid["axis"]],
    "fields": [field["definition"] for field in service.coverage_rangetype(name)["field"]],
    "tiff": data[:4].hex(),
}))
