// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.TypeConversionException;
import weir.cli.output.OutputFormat;
import weir.cli.terminal.Terminal;
import weir.query.QueryEngine;
import weir.query.QueryOptions;

/// How a command runs statements and prints what they answer.
final class RunOptions {
    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatName.class,
            description =
                    "table, csv, tsv, json, jsonl, markdown or arrow. Default: table on a"
                            + " terminal, csv otherwise.")
    private @Nullable OutputFormat format;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Run each statement N times; the result is printed once.")
    private int repeat = 1;

    @Option(
            names = "--timing",
            description = "Print the milliseconds of each run as JSON on standard error.")
    private boolean isTimed;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Give up after 500ms, 30s, 5m or 1h; 30 is 30s. Default: 1h.")
    private @Nullable Duration timeout;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = Size.class,
            description = "Most memory of a statement, as 512M or 4G. Default: half of the heap.")
    private @Nullable Long memoryBytes;

    @Option(names = "--threads", paramLabel = "N", description = "Default: one for each processor.")
    private @Nullable Integer threads;

    @Option(names = "--no-index", description = "Read without the help of indexes, to compare.")
    private boolean isIndexless;

    /// How statements may run.
    ///
    /// @throws ParameterException when an option is out of its bounds
    QueryOptions queryOptions() {
        try {
            if (repeat < 1) {
                throw new IllegalArgumentException("--repeat is at least 1, not " + repeat);
            }
            QueryOptions options = QueryOptions.defaults().withPruning(!isIndexless, true);
            options = threads == null ? options : options.withThreads(threads);
            options = timeout == null ? options : options.withTimeout(timeout);
            return memoryBytes == null ? options : options.withMemoryLimitBytes(memoryBytes);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec, "spec").commandLine(),
                    String.valueOf(e.getMessage()));
        }
    }

    /// The format that was asked for, or null.
    @Nullable OutputFormat format() {
        return format;
    }

    /// Asks for JSON, whatever format was asked for.
    void useJson() {
        format = OutputFormat.JSON;
    }

    /// Runs `statements` one after the other and prints their answers.
    ///
    /// @return rows of the last result
    long run(List<String> statements, QueryEngine engine, QueryOptions options, Terminal terminal)
            throws IOException {
        OutputFormat chosen = format;
        if (chosen == null) {
            chosen = terminal.outIsTerminal() ? OutputFormat.TABLE : OutputFormat.CSV;
        }
        StatementRunner runner =
                new StatementRunner(
                        engine,
                        options,
                        terminal,
                        chosen,
                        Objects.requireNonNull(spec, "spec").name());
        long rows = 0;
        for (int statement = 0; statement < statements.size(); statement++) {
            StatementRunner.Timing timing = runner.run(statements, statement, repeat);
            rows = timing.rows();
            if (isTimed) {
                terminal.say(timing.json(statement + 1));
            } else if (chosen == OutputFormat.TABLE && terminal.errIsTerminal()) {
                terminal.say(timing.words());
            }
        }
        return rows;
    }

    /// Reads `500ms`, `30s`, `5m`, `1h`; a bare number is seconds.
    static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            int digits = 0;
            while (digits < value.length() && Character.digit(value.charAt(digits), 10) >= 0) {
                digits++;
            }
            try {
                long number = Long.parseLong(value.substring(0, digits));
                if (number == 0) {
                    throw new NumberFormatException(value);
                }
                return switch (value.substring(digits)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s", "" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> throw new NumberFormatException(value);
                };
            } catch (NumberFormatException | ArithmeticException _) {
                throw new TypeConversionException(
                        "'" + value + "' is no time like 500ms, 30s, 5m or 1h");
            }
        }
    }

    /// Reads `1048576`, `512M`, `4G`: binary units, as the JVM's own options.
    static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            int shift =
                    switch (value.isEmpty() ? ' ' : value.charAt(value.length() - 1)) {
                        case 'k', 'K' -> 10;
                        case 'm', 'M' -> 20;
                        case 'g', 'G' -> 30;
                        default -> 0;
                    };
            try {
                String number = shift == 0 ? value : value.substring(0, value.length() - 1);
                return Math.multiplyExact(Long.parseLong(number), 1L << shift);
            } catch (NumberFormatException | ArithmeticException _) {
                throw new TypeConversionException("'" + value + "' is no size like 512M or 4G");
            }
        }
    }
}
