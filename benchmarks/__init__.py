"""Speed and memory, measured: ``python -m benchmarks``. Figures are medians; ratios are against a floor or peer
measured in the same run.
"""
