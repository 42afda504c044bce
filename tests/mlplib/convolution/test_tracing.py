"""The table of a network's shapes; the network of document 004 first of all."""

import re

import pytest

from mlplib.convolution.shapes import Conv, Pool
from mlplib.convolution.tracing import trace

LAYERS = [
    Conv(32, 8, stride=2, padding=3),
    Pool(2),
    Conv(64, 3, padding=1, bias=False),
]


def test_the_network_of_document_004():
    network = trace((128, 128, 3), LAYERS)
    assert [row.shape for row in network.rows] == [
        (128, 128, 3),
        (64, 64, 32),  # S4-A3a.2
        (32, 32, 32),  # S4-A3a.3
        (32, 32, 64),  # S4-A3a.4
    ]
    assert network.shape == (32, 32, 64)
    assert network.rows[-1].values == 65_536
    # S4-A3b answers 576 = 3·3·64: each filter would see one channel of the 32.
    assert network.rows[-1].weights == 3 * 3 * 32 * 64 == 18_432
    assert Conv(64, 3, groups=32).weights(32) == 576
    assert network.rows[1].weights == 8 * 8 * 3 * 32
    assert network.rows[1].biases == 32
    assert network.weights == 6_144 + 18_432
    assert network.biases == 32
    assert [row.receptive_field for row in network.rows] == [(1, 1), (8, 8), (10, 10), (18, 18)]


def test_the_html_table_says_what_the_text_says():
    network = trace((128, 128, 3), LAYERS)
    html = network._repr_html_()
    cells = re.findall(r'<t[hd](?: scope="\w+")?>(.*?)</t[hd]>', html)
    said = [cell.replace("&#8239;", " ") for cell in cells]
    assert said == [cell for line in network.cells() for cell in line]
    assert html.count("<tr>") == 5
    assert html.count('scope="row"') == 4
    for cell in said:
        assert cell in repr(network)


def test_columns_of_the_text_stand_under_each_other():
    lines = repr(trace((128, 128, 3), LAYERS)).splitlines()
    assert len(lines) == 5
    assert len({len(line) for line in lines}) == 1


def test_no_layers_are_a_network_too():
    network = trace((4, 5, 6), [])
    assert (network.shape, network.weights, network.biases) == ((4, 5, 6), 0, 0)


@pytest.mark.parametrize(
    ("shape", "layers", "message"),
    [
        ((128, 128), LAYERS, "shape must be (height, width, channels), not (128, 128)."),
        (5, LAYERS, "shape must be (height, width, channels), not 5."),
        ((128, 0, 3), LAYERS, "shape[1] must be an integer of at least 1, not 0."),
        ((8, 8, True), LAYERS, "shape[2] must be an integer of at least 1, not True."),
        ((8, 8, 3), Pool(2), "layers must be a sequence of Conv and Pool, not Pool(2×2)."),
        ((8, 8, 3), [Pool(2), 5], "layers must be Conv or Pool, but layer 2 is 5."),
        (
            (4, 4, 4),
            [Pool(2, padding=2)],
            "layers must fit: layer 1, Pool(2×2, padding 2): padding must leave every window an "
            "entry, but along the height of 4 kernel 2 with padding 2 + 2 has a window on padding "
            "alone.",
        ),
        (
            (8, 8, 3),
            [Pool(2), Pool(2), Conv(4, 3)],
            "layers must fit: layer 3, Conv(4, 3×3): kernel must fit into the padded height, but "
            "kernel 3 spans 3 positions and the height has 2 (2 and no padding).",
        ),
        (
            (8, 8, 3),
            [Conv(4, 3), Conv(6, 3, groups=3)],
            "layers must fit: layer 2, Conv(6, 3×3, groups 3): groups must divide the 4 channels; "
            "3 do not.",
        ),
    ],
)
def test_a_layer_that_does_not_fit_is_named(shape, layers, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        trace(shape, layers)
