// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import weir.cli.progress.Progress;
import weir.cli.progress.ProgressWhen;
import weir.cli.terminal.Terminal;

/// The option of commands that may take long.
final class ProgressOption {
    @Option(
            names = "--progress",
            paramLabel = "WHEN",
            converter = When.class,
            description =
                    "A bar on standard error: auto (the default), where that is a terminal; always"
                            + " or never.")
    private ProgressWhen when = ProgressWhen.AUTO;

    /// The progress of a command that starts now.
    Progress start(Terminal terminal) {
        return Progress.start(terminal, when);
    }

    /// Reads the word, in upper or lower case.
    static final class When implements ITypeConverter<ProgressWhen> {
        @Override
        public ProgressWhen convert(String value) {
            for (ProgressWhen when : ProgressWhen.values()) {
                if (when.toString().equalsIgnoreCase(value)) {
                    return when;
                }
            }
            throw new TypeConversionException(
                    "'"
                            + value
                            + "' is not one of "
                            + Arrays.stream(ProgressWhen.values())
                                    .map(ProgressWhen::toString)
                                    .collect(Collectors.joining(", ")));
        }
    }
}
