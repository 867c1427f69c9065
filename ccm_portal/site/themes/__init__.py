"""The dashboards of the themes: what each shows is described, and one builder draws them all."""
