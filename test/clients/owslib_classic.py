"""Reads WMS and WMTS of a server with OWSLib and prints what it found as JSON; arguments: root URL."""
import json
import sys

from owslib.wms import WebMapService
from owslib.wmts import WebMapTileService

root = sys.argv[1]
found = {"pictures": []}
for version, crs, box in [("1.3.0", "EPSG:4326", (8, 48, 12, 52)), ("1.3.0", "EPSG:3857", (900000, 6300000, 1300000, 6700000)), ("1.1.1", "EPSG:4326", (8, 48, 12, 52))]:
    wms = WebMapService(root + "/wms", version=version)
    found[version] = sorted(name for name in wms.contents)
    image = wms.getmap(layers=["quarters"], styles=[""], srs=crs, bbox=box, size=(40, 40), format="image/png")
    found["pictures"].append(image.info()["Content-Type"])
    if version == "1.3.0":
        found["styles"] = list(wms["slope"].styles)
        found["times"] = wms["scenes"].timepositions
        found["box"] = list(wms["quarters"].boundingBoxWGS84)
wms = WebMapService(root + "/wms", version="1.1.1")
# Of 1.3.0 OWSLib looks for the address outside the namespace.
found["contact"] = [wms.provider.contact.name, wms.provider.contact.email]
found["info"] = wms.getfeatureinfo(
    layers=["quarters"], srs="EPSG:4326", bbox=(8, 48, 12, 52), size=(40, 40), format="image/png",
    query_layers=["quarters"], info_format="text/plain", xy=(5, 5)).read().decode()

wmts = WebMapTileService(root + "/wmts")
found["wmts"] = sorted(wmts.contents)
found["provider"] = wmts.provider.name
tile = wmts.gettile(layer="quarters", tilematrixset="WebMercatorQuad", tilematrix="6", row=21, column=33, format="image/png")
found["pictures"].append(tile.info()["Content-Type"])
print("RESULT " + json.dumps(found))
