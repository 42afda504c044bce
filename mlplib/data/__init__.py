"""Data that the chapters read, shipped with the package."""
