"""The widget panel."""

from respmagic._panel.panel import Panel

__all__ = ["Panel"]
