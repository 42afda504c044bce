"""What the notebooks find around them, wherever they are run: build, stored outputs, tests."""

VARIABLES = {
    "MLPLIB_STATIC": "1",  # explorers show their still face
    "MLPLIB_PROGRESS": "off",  # what is shown depends on the notebook alone, and nothing is left
    # As many notebooks run at once as there are cores. With several threads each, their products
    # of matrices wait for one another: a chapter that trains takes five times as long.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
