// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import weir.testkit.generate.EstatePreset;
import weir.testkit.record.LogFormat;

/// `NAME=VALUE` words of a command line over their defaults. Immutable.
final class Settings {
    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /// @throws IllegalArgumentException when a word names none of the defaults
    static Settings of(Map<String, String> defaults, String... words) {
        Map<String, String> values = new TreeMap<>(defaults);
        for (String word : words) {
            String[] parts = word.split("=", 2);
            if (parts.length < 2 || values.replace(parts[0], parts[1]) == null) {
                throw new IllegalArgumentException(
                        "'" + word + "' is not one of NAME=VALUE with NAME in " + values.keySet());
            }
        }
        return new Settings(values);
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no default of " + name);
        }
        return value;
    }

    long number(String name) {
        return Long.parseLong(text(name));
    }

    /// @throws IllegalArgumentException when the value is neither `yes` nor `no`
    boolean isYes(String name) {
        return choice(name, text(name), Map.of("yes", true, "no", false));
    }

    /// The parts between commas; none of an empty text.
    List<String> texts(String name) {
        return text(name).isEmpty() ? List.of() : List.of(text(name).split(",", -1));
    }

    Path path(String name) {
        return Path.of(text(name)).toAbsolutePath();
    }

    /// What `format` says.
    ///
    /// @throws IllegalArgumentException when it is neither `v2` nor `v5`
    LogFormat format() {
        return format(text("format"));
    }

    /// The format of a name.
    ///
    /// @throws IllegalArgumentException when it is neither `v2` nor `v5`
    static LogFormat format(String name) {
        return choice("format", name, Map.of("v2", LogFormat.V2, "v5", LogFormat.V5));
    }

    /// What `estate` says.
    ///
    /// @throws IllegalArgumentException when it is neither `realistic` nor `hard`
    EstatePreset estate() {
        return choice(
                "estate",
                text("estate"),
                Map.of("realistic", EstatePreset.REALISTIC, "hard", EstatePreset.HARD));
    }

    /// Whoever mistypes a value must not get figures of another one.
    private static <T> T choice(String name, String value, Map<String, T> choices) {
        T choice = choices.get(value);
        if (choice == null) {
            throw new IllegalArgumentException(
                    "%s is one of %s, not '%s'"
                            .formatted(name, new TreeMap<>(choices).keySet(), value));
        }
        return choice;
    }
}
