// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import weir.testkit.generate.EstatePreset;
import weir.testkit.generate.GeneratorOptions;
import weir.testkit.record.LogFormat;

/// Bytes a record of the same generated log as text, packed by gzip, in a database of DuckDB and in
/// a store of Weir, and where the bytes of the last two are. Prints Markdown.
public final class Sizes {
    private static final double LISTED_MIN = 0.0005;

    private final long records;
    private final Path launcher;
    private final PrintStream out;

    private Sizes(long records, Path launcher, PrintStream out) {
        this.records = records;
        this.launcher = launcher;
        this.out = out;
    }

    /// `[records=N] [cases=v2,v5,hard] [weir=PATH]`.
    public static void main(String[] args) throws IOException, InterruptedException {
        Settings settings =
                Settings.of(
                        Map.of("records", "1000000", "cases", "v2,v5,hard", "weir", "weir"), args);
        run(settings, System.out);
    }

    static void run(Settings settings, PrintStream out) throws IOException, InterruptedException {
        Sizes sizes = new Sizes(settings.number("records"), settings.path("weir"), out);
        out.printf(Locale.ROOT, "Bytes a record of %,d records:%n%n", sizes.records);
        out.println("| log | fields | text | gzip | DuckDB | Weir | DuckDB by Weir |");
        out.println("|---|--:|--:|--:|--:|--:|--:|");
        List<String> details = new ArrayList<>();
        for (String name : settings.text("cases").split(",", -1)) {
            details.add(sizes.measure(name));
        }
        details.forEach(out::print);
    }

    private static GeneratorOptions options(String name) {
        GeneratorOptions options = GeneratorOptions.defaults();
        return switch (name) {
            case "v2" -> options.withFormat(LogFormat.V2);
            case "v5" -> options.withFormat(LogFormat.V5);
            case "hard" -> options.withEstate(EstatePreset.HARD).withAggregationSeconds(600);
            default ->
                    throw new IllegalArgumentException(
                            "a case is v2, v5 or hard, not '" + name + "'");
        };
    }

    /// Prints one line and gives the columns for further down.
    private String measure(String name) throws IOException, InterruptedException {
        GeneratorOptions options = options(name).withRecords(records);
        Path work = Files.createTempDirectory("weir-sizes");
        try {
            FlowData data = new FlowData(work);
            FlowData.LogSize log = data.make(options, true, true);
            long store = WorkFolder.size(data.store());
            long database = Files.size(data.database());
            out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
                    name,
                    options.format().fields().size(),
                    (double) log.textBytes() / records,
                    (double) log.gzipBytes() / records,
                    (double) database / records,
                    (double) store / records,
                    (double) database / store);
            return columns(name, data);
        } finally {
            WorkFolder.delete(work);
        }
    }

    /// Where the bytes are: Weir's exactly, DuckDB's as its storage information tells.
    private String columns(String name, FlowData data) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        text.append("\n%s by column:\n\n".formatted(name));
        text.append("| Weir | kind | bytes a record | encodings of blocks | DuckDB |\n");
        text.append("|---|---|--:|---|--:|\n");
        Map<String, Double> duckDb = duckDbColumns(data);
        double rest = 0;
        for (String line : stats(data)) {
            String[] cells = line.split("\t", -1);
            if (!cells[0].equals("vpc_flow_logs")) {
                continue;
            }
            double perRow = Double.parseDouble(cells[4]) / records;
            Double other = cells[2].equals("column") ? duckDb.get(cells[1]) : null;
            if (perRow < LISTED_MIN && other == null) {
                rest += perRow;
                continue;
            }
            String kind = cells[2];
            text.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %s | %.3f | %s | %s |%n",
                            cells[1],
                            kind,
                            perRow,
                            cells[6],
                            other == null ? "" : String.format(Locale.ROOT, "%.3f", other)));
        }
        if (rest > 0) {
            text.append(String.format(Locale.ROOT, "| all that is smaller | | %.3f | | |%n", rest));
        }
        return text.toString();
    }

    private List<String> stats(FlowData data) throws IOException, InterruptedException {
        return Processes.run(
                        List.of(
                                launcher.toString(),
                                "stats",
                                "--columns",
                                "--format",
                                "tsv",
                                "--store",
                                data.store().toString()))
                .out()
                .lines()
                .toList();
    }

    private Map<String, Double> duckDbColumns(FlowData data)
            throws IOException, InterruptedException {
        Map<String, Double> columns = new TreeMap<>();
        Processes.run(DuckDbProcess.command("columns", data.database().toString()))
                .out()
                .lines()
                .map(line -> Arrays.asList(line.split("\t", -1)))
                .forEach(cells ->
                        columns.put(
                                cells.getFirst(), Double.parseDouble(cells.getLast()) / records));
        return columns;
    }
}
