"""Every tool there is, by the name of its command."""

from unet_studio.gui.brush_tools import BrushTool, ThresholdTool, adaptive_tool
from unet_studio.gui.grow_tool import GrowTool
from unet_studio.gui.live_wire_tool import LiveWireTool
from unet_studio.gui.polygon_tool import PolygonTool
from unet_studio.gui.shape_tool import ShapeTool
from unet_studio.gui.surface import Surface
from unet_studio.gui.tools import FillTool, NavigateTool, PickTool, Sketch, Tool, WindowTool


def make_tools(surface: Surface) -> tuple[dict[str, Tool], dict[str, Sketch]]:
    """All tools, and those among them that draw over the slice."""
    sketches: dict[str, Sketch] = {
        "threshold": ThresholdTool(surface), "polygon": PolygonTool(surface), "wire": LiveWireTool(surface),
        "grow": GrowTool(surface), "rectangle": ShapeTool(surface, "rectangle"), "ellipse": ShapeTool(surface, "ellipse"),
    }  # fmt: skip
    tools: dict[str, Tool] = {
        "navigate": NavigateTool(surface), "brush": BrushTool(surface), "eraser": BrushTool(surface, is_eraser=True),
        "adaptive": adaptive_tool(surface), "fill": FillTool(surface), "pick": PickTool(surface),
        "window": WindowTool(surface), **sketches,
    }  # fmt: skip
    return tools, sketches
