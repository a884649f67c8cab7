"""OpenCV's own answers. Standard input has one JSON object with the cascades' folder and the searches; standard output
gets a list with the boxes of each search, [left, top, width, height, neighbours]. A search's image is bare luma."""

import json
import sys

import cv2
import numpy

# One thread: OpenCV gives boxes in the order in which its threads come to them.
cv2.setNumThreads(1)
work = json.load(sys.stdin)
folder = work["cascades"]
cascades, answers = {}, []
for search in work["searches"]:
    name = search["cascade"]
    cascade = cascades.setdefault(name, cv2.CascadeClassifier(f"{folder}/{name}"))
    image = numpy.fromfile(search["image"], numpy.uint8).reshape(search["height"], search["width"])
    left, top, width, height = search["region"]
    image = numpy.ascontiguousarray(image[top:top + height, left:left + width])
    boxes, counts = cascade.detectMultiScale2(
        image, search["factor"], search["neighbours"], 0, (search["least"], search["least"]))
    answers.append([[int(x) + left, int(y) + top, int(w), int(h), int(count)]
                    for (x, y, w, h), count in zip(boxes, counts)])
json.dump(answers, sys.stdout)
