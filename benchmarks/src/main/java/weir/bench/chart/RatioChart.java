// SPDX-License-Identifier: Apache-2.0
package weir.bench.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;

/// Ratios as horizontal bars on a logarithmic scale, the greatest on top, as SVG: bars to the right
/// of 1 are above it, those to the left below.
public final class RatioChart {
    private static final int WIDTH = 860;
    private static final int NAMES_WIDTH = 290;
    private static final int MARGIN = 56;
    private static final int TOP = 64;
    private static final int ROW_HEIGHT = 17;
    private static final int BAR_HEIGHT = 11;
    private static final double[] TICKS = {0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200};
    private static final Color ABOVE = new Color(0x2b, 0x7a, 0x4b);
    private static final Color BELOW = new Color(0xb0, 0x4a, 0x3a);
    private static final Color GRID = new Color(0xd8, 0xd8, 0xd8);
    private static final Color TEXT = new Color(0x22, 0x22, 0x22);

    private final List<Ratio> ratios;
    private final double least;
    private final double greatest;

    /// One bar.
    ///
    /// @param value above 0
    public record Ratio(String name, double value) {}

    private RatioChart(List<Ratio> ratios) {
        this.ratios =
                ratios.stream()
                        .sorted(Comparator.comparingDouble(Ratio::value).reversed())
                        .toList();
        double min = this.ratios.isEmpty() ? 1 : this.ratios.getLast().value();
        double max = this.ratios.isEmpty() ? 1 : this.ratios.getFirst().value();
        this.least = Math.min(0.5, min);
        this.greatest = Math.max(2, max);
    }

    /// Writes the chart of `ratios` under `title` to `file`.
    ///
    /// @throws IOException when the file cannot be written
    public static void write(String title, List<Ratio> ratios, Path file) throws IOException {
        System.setProperty("java.awt.headless", "true");
        RatioChart chart = new RatioChart(ratios);
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            chart.draw(title).stream(writer, true);
        }
    }

    private SVGGraphics2D draw(String title) {
        SVGGraphics2D graphics = new SVGGraphics2D(document());
        int height = TOP + ROW_HEIGHT * ratios.size() + 12;
        graphics.setSVGCanvasSize(new Dimension(WIDTH, height));
        graphics.setColor(Color.WHITE);
        graphics.fill(new Rectangle2D.Double(0, 0, WIDTH, height));
        graphics.setColor(TEXT);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        graphics.drawString(title, 8, 22);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        for (double tick : TICKS) {
            if (tick >= least && tick <= greatest) {
                drawTick(graphics, tick, height);
            }
        }
        for (int i = 0; i < ratios.size(); i++) {
            drawBar(graphics, ratios.get(i), TOP + ROW_HEIGHT * i);
        }
        return graphics;
    }

    private static org.w3c.dom.Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK has no XML", e);
        }
    }

    private void drawTick(SVGGraphics2D graphics, double tick, int height) {
        double x = x(tick);
        graphics.setColor(tick == 1 ? TEXT : GRID);
        graphics.setStroke(new BasicStroke(tick == 1 ? 1.5f : 1f));
        graphics.draw(new Line2D.Double(x, TOP - 8, x, height - 10));
        graphics.setColor(TEXT);
        String label = tick < 1 ? Double.toString(tick) : Integer.toString((int) tick);
        graphics.drawString(label, (float) x - 4, TOP - 14);
    }

    private void drawBar(SVGGraphics2D graphics, Ratio ratio, int y) {
        double from = Math.min(x(1), x(ratio.value()));
        double to = Math.max(x(1), x(ratio.value()));
        graphics.setColor(ratio.value() < 1 ? BELOW : ABOVE);
        graphics.fill(new Rectangle2D.Double(from, y, to - from, BAR_HEIGHT));
        graphics.setColor(TEXT);
        graphics.drawString(ratio.name(), 8, y + BAR_HEIGHT - 1);
        String value =
                String.format(Locale.ROOT, ratio.value() < 10 ? "%.2f" : "%.0f", ratio.value());
        graphics.drawString(value, (float) to + 4, y + BAR_HEIGHT - 1);
    }

    private double x(double value) {
        double share = Math.log(value / least) / Math.log(greatest / least);
        return NAMES_WIDTH + share * (WIDTH - NAMES_WIDTH - MARGIN);
    }
}
