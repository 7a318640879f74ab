// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import weir.cli.report.JsonObject;
import weir.cli.report.Quantity;
import weir.cli.terminal.Terminal;
import weir.testkit.generate.BucketLayout;
import weir.testkit.generate.EstatePreset;
import weir.testkit.generate.FlowLogGenerator;
import weir.testkit.generate.GenerationResult;
import weir.testkit.generate.GeneratorOptions;
import weir.testkit.record.LogFormat;

/// `weir generate`.
@Command(
        name = "generate",
        description = {
            "Make flow logs of an invented network, to try things on.",
            "The same options give the same records."
        })
final class GenerateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = {"-n", "--records"},
            paramLabel = "N",
            converter = Count.class,
            description = "How many records; 50k and 1M are understood. Default: 1M.")
    private long records = 1_000_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Another seed gives another network and other traffic. Default: 1.")
    private long seed = 1;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = Format.class,
            description = "v2 to v11: all fields up to that version; or field names. Default: v2.")
    private LogFormat format = LogFormat.V2;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "PATH",
            description = "A file, or with --layout a folder. Default: standard output (also -).")
    private @Nullable Path out;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            converter = Layout.class,
            description =
                    "File the records as AWS does in a bucket, below the folder of --out: daily,"
                            + " hourly, hive-daily or hive-hourly.")
    private @Nullable BucketLayout layout;

    @Option(names = "--gzip", description = "Compress with gzip.")
    private boolean isGzip;

    @Option(names = "--no-header", description = "Leave out the line of field names.")
    private boolean isHeaderless;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            converter = Time.class,
            description =
                    "When the first records start: 2026-11-01 or 2026-11-01T08:00:00Z. Default:"
                            + " 2026-11-01.")
    private long startEpochSecond = GeneratorOptions.DEFAULT_START;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Records for each second of log time, on average. Default: 2000.")
    private int recordsPerSecond = 2_000;

    @Option(
            names = "--aggregation",
            paramLabel = "SECONDS",
            description = "The longest time of a record: 60 or 600. Default: 60.")
    private int aggregationSeconds = 60;

    @Option(
            names = "--estate",
            paramLabel = "ESTATE",
            description =
                    "realistic, or hard: mostly outside traffic with very many addresses."
                            + " Default: realistic.")
    private EstatePreset estate = EstatePreset.REALISTIC;

    @Option(names = "--json", description = "Print what was made as one JSON object (with --out).")
    private boolean isJson;

    GenerateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        GeneratorOptions options = options();
        Path target = out == null || out.toString().equals("-") ? null : out;
        check(target);
        long startNanos = System.nanoTime();
        GenerationResult made = generate(options, target);
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        if (isJson) {
            String object =
                    new JsonObject()
                            .put("records", made.records())
                            .put("files", made.files())
                            .put("text_bytes", made.textBytes())
                            .put("written_bytes", made.writtenBytes())
                            .put("seconds", seconds)
                            .toString();
            terminal.print(object);
        } else {
            terminal.say(
                    "%s in %s, %s, %s"
                            .formatted(
                                    Quantity.of(made.records(), "record"),
                                    Quantity.of(made.files(), "file"),
                                    Quantity.bytes(made.writtenBytes()),
                                    Quantity.seconds(seconds)));
        }
        return ExitCode.DONE;
    }

    private GeneratorOptions options() {
        try {
            return new GeneratorOptions(
                    seed,
                    records,
                    startEpochSecond,
                    recordsPerSecond,
                    format,
                    estate,
                    aggregationSeconds,
                    layout == null ? BucketLayout.DAILY : layout,
                    !isHeaderless,
                    isGzip,
                    Runtime.getRuntime().availableProcessors());
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec, "spec").commandLine(), message);
    }

    private void check(@Nullable Path target) {
        if (target == null && layout != null) {
            throw usage("--layout makes folders: name one with --out DIR");
        }
        if (target == null && isJson) {
            throw usage("--json and the records both want standard output: add --out");
        }
        if (target == null && isGzip && terminal.outIsTerminal()) {
            throw usage("compressed bytes are not for a terminal: add --out FILE");
        }
        if (target != null && layout == null && Files.isDirectory(target)) {
            throw usage(
                    target + " is a folder: name a file, or say how to file with --layout daily");
        }
    }

    private GenerationResult generate(GeneratorOptions options, @Nullable Path target)
            throws IOException {
        if (target == null) {
            return FlowLogGenerator.writeTo(options, terminal.out());
        }
        return layout == null
                ? FlowLogGenerator.writeFile(options, target)
                : FlowLogGenerator.writeBucket(options, target);
    }

    /// Reads `250`, `1_000_000`, `50k`, `1M`, `2G`.
    static final class Count implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            String digits = value.replace("_", "");
            long unit =
                    switch (digits.isEmpty() ? ' ' : digits.charAt(digits.length() - 1)) {
                        case 'k', 'K' -> 1_000L;
                        case 'm', 'M' -> 1_000_000L;
                        case 'g', 'G' -> 1_000_000_000L;
                        default -> 1L;
                    };
            try {
                String number = unit == 1 ? digits : digits.substring(0, digits.length() - 1);
                return Math.multiplyExact(Long.parseLong(number), unit);
            } catch (NumberFormatException | ArithmeticException _) {
                throw new TypeConversionException("'" + value + "' is not a number like 50k or 1M");
            }
        }
    }

    /// Reads a preset or a list of fields.
    static final class Format implements ITypeConverter<LogFormat> {
        @Override
        public LogFormat convert(String value) {
            try {
                return LogFormat.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /// Reads `hive-daily` as the constant it names.
    static final class Layout implements ITypeConverter<BucketLayout> {
        @Override
        public BucketLayout convert(String value) {
            try {
                return BucketLayout.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
            } catch (IllegalArgumentException _) {
                throw new TypeConversionException(
                        "'" + value + "' is not one of daily, hourly, hive-daily, hive-hourly");
            }
        }
    }

    /// Reads a day or an instant, UTC.
    static final class Time implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            try {
                return value.indexOf('T') < 0
                        ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toEpochSecond()
                        : Instant.parse(value).getEpochSecond();
            } catch (DateTimeParseException _) {
                throw new TypeConversionException(
                        "'" + value + "' is no time like 2026-11-01 or 2026-11-01T08:00:00Z");
            }
        }
    }
}
