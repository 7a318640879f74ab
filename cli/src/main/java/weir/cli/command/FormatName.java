// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import weir.cli.output.OutputFormat;

/// Reads the name of an output format, in upper or lower case.
final class FormatName implements ITypeConverter<OutputFormat> {
    @Override
    public OutputFormat convert(String value) {
        for (OutputFormat format : OutputFormat.values()) {
            if (format.toString().equalsIgnoreCase(value)) {
                return format;
            }
        }
        throw new TypeConversionException(
                "'"
                        + value
                        + "' is not one of "
                        + Arrays.stream(OutputFormat.values())
                                .map(OutputFormat::toString)
                                .collect(Collectors.joining(", ")));
    }
}
