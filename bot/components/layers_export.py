"""Writes the layers of the weights file as an ONNX graph with 4-bit products, once at set-up.

`python -m components.layers_export WEIGHTS_FOLDER`
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from components.embeddings import LAYERS_NAME, READ_LAYERS, WEIGHTS_NAME, layer_name
from components.weights_file import BLOCK, WeightsFile

OPERATORS = 20  # first set with Gelu
FILE_VERSION = 9
EIGHT_BIT_ACTIVATIONS = 4  # accuracy level of MatMulNBits; cosine to full precision 0.9999


class LayersExport:
    """Collects nodes and constants; names of constants are those of the weights file."""

    def __init__(self, file: WeightsFile) -> None:
        self._file = file
        self._constants: list[onnx.TensorProto] = []
        self._nodes: list[onnx.NodeProto] = []

    def model(self) -> onnx.ModelProto:
        """Inputs: values (texts, tokens, 384), mask (texts, 1, 1, tokens); outputs: read layers."""
        shape = self._file.shape
        head = shape.hidden // shape.heads
        self._constant("split", np.array([0, 0, 3, shape.heads, head], np.int64))
        self._constant("join", np.array([0, 0, shape.hidden], np.int64))
        self._constant("scale", np.array(head**-0.5, np.float32))
        for part in range(3):
            self._constant(f"part{part}", np.array(part, np.int64))
        values = self._norm("values", "emb.ln")
        for number in range(1, shape.layers + 1):
            values = self._layer(values, f"l{number - 1}.")
            if number in READ_LAYERS:
                self._nodes.append(helper.make_node("Identity", [values], [layer_name(number)]))
        sizes = ["texts", "tokens", shape.hidden]
        info = helper.make_tensor_value_info
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [
                info("values", TensorProto.FLOAT, sizes),
                info("mask", TensorProto.FLOAT, ["texts", 1, 1, "tokens"]),
            ],
            [info(layer_name(number), TensorProto.FLOAT, sizes) for number in READ_LAYERS],
            self._constants,
        )
        operators = [helper.make_opsetid("", OPERATORS), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=operators, ir_version=FILE_VERSION)

    def _layer(self, values: str, layer: str) -> str:
        hidden, inner = self._file.shape.hidden, self._file.shape.inner
        parts = self._product(values, layer, ["q", "k", "v"], hidden)
        parts = self._node("Reshape", [parts, "split"])
        parts = self._node("Transpose", [parts], perm=[2, 0, 3, 1, 4])
        query, key, value = (
            self._node("Gather", [parts, f"part{part}"], axis=0) for part in range(3)
        )
        turned = self._node("Transpose", [key], perm=[0, 1, 3, 2])
        scores = self._node("MatMul", [self._node("Mul", [query, "scale"]), turned])
        weights = self._node("Softmax", [self._node("Add", [scores, "mask"])], axis=-1)
        seen = self._node("Transpose", [self._node("MatMul", [weights, value])], perm=[0, 2, 1, 3])
        mixed = self._product(self._node("Reshape", [seen, "join"]), layer, ["ao"], hidden)
        values = self._norm(self._node("Add", [values, mixed]), f"{layer}aln")
        wide = self._node("Gelu", [self._product(values, layer, ["fi"], hidden)])
        narrow = self._product(wide, layer, ["fo"], inner)
        return self._norm(self._node("Add", [values, narrow]), f"{layer}oln")

    def _product(self, values: str, layer: str, parts: list[str], inputs: int) -> str:
        name = layer + "".join(parts)
        packed = [self._file.packed(f"{layer}{part}.w", inputs) for part in parts]
        weights = np.concatenate([pair[0] for pair in packed])
        scales = np.concatenate([pair[1] for pair in packed])
        bias = np.concatenate([self._file.vector(f"{layer}{part}.b") for part in parts])
        self._constant(f"{name}.weights", weights)
        self._constant(f"{name}.scales", scales.ravel())
        self._constant(f"{name}.bias", bias)
        product = self._node(
            "MatMulNBits",
            [values, f"{name}.weights", f"{name}.scales"],
            domain="com.microsoft",
            K=inputs,
            N=len(weights),
            bits=4,
            block_size=BLOCK,
            accuracy_level=EIGHT_BIT_ACTIVATIONS,
        )
        return self._node("Add", [product, f"{name}.bias"])

    def _norm(self, values: str, name: str) -> str:
        for part in ("w", "b"):
            self._constant(f"{name}.{part}", self._file.vector(f"{name}.{part}"))
        return self._node(
            "LayerNormalization",
            [values, f"{name}.w", f"{name}.b"],
            axis=-1,
            epsilon=self._file.epsilon,
        )

    def _node(self, operator: str, inputs: list[str], domain: str = "", **settings: object) -> str:
        result = f"result{len(self._nodes)}"
        node = helper.make_node(operator, inputs, [result], domain=domain, **settings)
        self._nodes.append(node)
        return result

    def _constant(self, name: str, values: NDArray[np.generic]) -> None:
        self._constants.append(numpy_helper.from_array(np.array(values, order="C"), name))


def export_layers(folder: Path) -> None:
    """Writes folder/e5-small.onnx; the half-written file never bears the final name."""
    model = LayersExport(WeightsFile(folder / WEIGHTS_NAME)).model()
    unfinished = folder / f"{LAYERS_NAME}.part"
    onnx.save(model, str(unfinished))
    unfinished.replace(folder / LAYERS_NAME)


if __name__ == "__main__":
    export_layers(Path(sys.argv[1]))
