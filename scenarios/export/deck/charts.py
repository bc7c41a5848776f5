"""A chart as an object of its own, with the workbook that an office program edits it from."""

import io
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.util import Inches, Pt
from xlsxwriter import Workbook

from geodata.draw.slides import Chart, Series
from geodata.draw.text import clean
from scenarios.export.deck.shapes import INK, LEFT_IN, ROOM_IN, SOFT
from scenarios.export.workbook import CREATED, INERT

TODAY, PLAN, LIMIT = RGBColor(0x9A, 0xA5, 0xB1), RGBColor(0x0B, 0x5C, 0xAD), RGBColor(0xB5, 0x65, 0x1D)


def add_chart(page: Any, chart: Chart) -> None:
    """Add a chart of marks and limits."""
    data = CategoryChartData(number_format="0")
    data.categories = [clean(category) for category in chart.categories]
    for series in chart.series:
        data.add_series(series.name, series.amounts)
    place = (Inches(LEFT_IN), Inches(1.1), Inches(ROOM_IN), Inches(5.9))
    made = page.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *place, data).chart
    made.part.chart_workbook.update_from_xlsx_blob(_workbook(chart))
    made.has_legend, made.has_title = True, False
    made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    made.legend.font.size = Pt(12)
    made.font.color.rgb = INK
    made.category_axis.tick_labels.font.size = Pt(10)
    made.category_axis.format.line.color.rgb = SOFT
    made.value_axis.tick_labels.font.size = Pt(11)
    made.value_axis.has_title = True
    made.value_axis.axis_title.text_frame.text = chart.along
    made.value_axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(11)
    made.value_axis.major_gridlines.format.line.color.rgb = RGBColor(0xD9, 0xDE, 0xE4)
    if chart.across:
        made.category_axis.has_title = True
        made.category_axis.axis_title.text_frame.text = chart.across
    for shown, series in zip(made.plots[0].series, chart.series, strict=True):
        _style(shown, series)


def _style(shown: Any, series: Series) -> None:
    """Show limits as dashed lines, and amounts as marks without a line."""
    shown.smooth = False
    if series.is_limit:
        shown.marker.style = XL_MARKER_STYLE.NONE
        shown.format.line.color.rgb, shown.format.line.width = LIMIT, Pt(1.5)
        shown.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
        return
    colour = TODAY if series.name == "today" else PLAN
    shown.format.line.fill.background()
    shown.marker.style, shown.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    shown.marker.format.fill.solid()
    shown.marker.format.fill.fore_color.rgb = colour
    shown.marker.format.line.color.rgb = colour


def _workbook(chart: Chart) -> bytes:
    """Return the chart's numbers where the chart looks for them, with every text as text and no clock."""
    memory = io.BytesIO()
    with Workbook(memory, INERT) as workbook:
        workbook.set_properties({"created": CREATED})
        sheet = workbook.add_worksheet("Sheet1")
        sheet.write_column(1, 0, [clean(category) for category in chart.categories])
        for column, series in enumerate(chart.series, start=1):
            sheet.write_string(0, column, series.name)
            for row, amount in enumerate(series.amounts, start=1):
                if amount is not None:
                    sheet.write_number(row, column, amount)
    return memory.getvalue()
