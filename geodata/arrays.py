"""The array types the rooms' functions speak in."""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
SingleArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]
GeometryArray = npt.NDArray[np.object_]
"""Shapely geometries; None where there is none."""
