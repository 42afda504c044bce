"""What only the build needs: environment, build command, Sphinx extensions, styles, templates."""
