"""Opens a server in QGIS and prints what it found as JSON; arguments: root URL."""
import json
import os
import sys

from qgis.core import QgsApplication, QgsDataSourceUri, QgsFeatureRequest, QgsMapRendererSequentialJob, QgsMapSettings, QgsRasterLayer, QgsRectangle, QgsVectorLayer, QgsVectorTileLayer
from qgis.PyQt.QtCore import QSize
from urllib.parse import quote

root = sys.argv[1]
QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False)
app.initQgis()
found = {}

uri = QgsDataSourceUri()
uri.setParam("url", root + "/")
uri.setParam("typename", "places")
uri.setParam("pageSize", "70")
layer = QgsVectorLayer(uri.uri(False), "places", "OAPIF")
found["valid"] = layer.isValid()
names = [feature["name"] for feature in layer.getFeatures()]
found["features"] = len(names)
found["distinct"] = len(set(names))
found["fields"] = {field.name(): field.typeName() for field in layer.fields()}
box = QgsFeatureRequest().setFilterRect(QgsRectangle(0, 0, 90, 60))
found["inBox"] = len([1 for _ in layer.getFeatures(box)])


def colours(map_layer):
    settings = QgsMapSettings()
    settings.setLayers([map_layer])
    settings.setDestinationCrs(map_layer.crs())
    settings.setExtent(QgsRectangle(-2.0e7, -1.5e7, 2.0e7, 1.5e7))
    settings.setOutputSize(QSize(400, 300))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return len({image.pixel(x, y) for x in range(0, 400, 2) for y in range(0, 300, 2)})


tiles = QgsVectorTileLayer(
    "type=xyz&zmin=0&zmax=5&url=" + quote(root + "/xyz/regions/{z}/{x}/{y}.mvt", safe=""), "tiles")
found["vectorTiles"] = colours(tiles) if tiles.isValid() else None
raster = QgsRasterLayer("type=xyz&zmin=0&zmax=5&url=" + quote(root + "/xyz/elevation/{z}/{x}/{y}.png", safe=""), "xyz", "wms")
found["rasterTiles"] = colours(raster) if raster.isValid() else None

print("RESULT " + json.dumps(found))
sys.stdout.flush()
os._exit(0)
