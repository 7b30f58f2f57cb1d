"""Draws WMS and WMTS of a server in QGIS and prints colours at four places as JSON; arguments: root URL."""
import json
import os
import sys

from qgis.core import (
    QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsMapRendererSequentialJob, QgsMapSettings, QgsPointXY,
    QgsProject, QgsRaster, QgsRasterLayer, QgsRectangle)
from qgis.PyQt.QtCore import QSize
from urllib.parse import quote

root = sys.argv[1]
QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False)
app.initQgis()
PLACES = {"nw": (9.5, 50.5), "ne": (10.5, 50.5), "sw": (9.5, 49.5), "se": (10.5, 49.5)}
WGS84 = QgsCoordinateReferenceSystem("EPSG:4326")
found = {}


def colours(layer, crs_name):
    """Red, green and blue at the four places of the layer drawn in its own CRS."""
    if not layer.isValid():
        return None
    crs = QgsCoordinateReferenceSystem(crs_name)
    to_map = QgsCoordinateTransform(WGS84, crs, QgsProject.instance())
    extent = to_map.transformBoundingBox(QgsRectangle(9, 49, 11, 51))
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(crs)
    settings.setExtent(extent)
    settings.setOutputSize(QSize(400, 400))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    seen = settings.visibleExtent()
    result = {}
    for name, (longitude, latitude) in PLACES.items():
        point = to_map.transform(QgsPointXY(longitude, latitude))
        x = int((point.x() - seen.xMinimum()) / seen.width() * 400)
        y = int((seen.yMaximum() - point.y()) / seen.height() * 400)
        colour = image.pixelColor(x, y)
        result[name] = [colour.red(), colour.green(), colour.blue()]
    return result


wms = quote(root + "/wms", safe="")
for crs_name in ["EPSG:4326", "EPSG:3857", "EPSG:3035"]:
    layer = QgsRasterLayer(f"crs={crs_name}&format=image/png&layers=quarters&styles=&url={wms}", "wms", "wms")
    found[crs_name] = colours(layer, crs_name)
layer = QgsRasterLayer(f"crs=EPSG:4326&format=image/png&layers=quarters&styles=&url={wms}", "wms", "wms")
answer = layer.dataProvider().identify(QgsPointXY(9.5, 50.5), QgsRaster.IdentifyFormatText, QgsRectangle(8, 48, 12, 52), 40, 40)
found["identified"] = str(answer.results())
answer = layer.dataProvider().identify(QgsPointXY(9.5, 50.5), QgsRaster.IdentifyFormatFeature, QgsRectangle(8, 48, 12, 52), 40, 40)
features = [feature for stores in answer.results().values() for store in stores for feature in store.features()]
found["features"] = [{field.name(): str(feature[field.name()]) for field in feature.fields()} for feature in features]

wmts = quote(root + "/wmts/1.0.0/WMTSCapabilities.xml", safe="")
for matrix_set, crs_name in [("WebMercatorQuad", "EPSG:3857"), ("WorldCRS84Quad", "OGC:CRS84")]:
    layer = QgsRasterLayer(
        f"crs={crs_name}&format=image/png&layers=quarters&styles=default&tileMatrixSet={matrix_set}&url={wmts}", "wmts", "wms")
    found[matrix_set] = colours(layer, crs_name)

print("RESULT " + json.dumps(found))
sys.stdout.flush()
os._exit(0)
