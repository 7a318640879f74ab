// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names that IANA assigned, from the tables beside this class, read when first asked for.
final class AssignedNames {
    private static final int TCP = 6;
    private static final int UDP = 17;

    private AssignedNames() {}

    /// Read once, by the first who asks.
    private static final class Tables {
        /// By `number`.
        static final Map<String, String> PROTOCOLS = read("protocols.txt");

        /// By `port protocol`.
        static final Map<String, String> SERVICES = read("services.txt");
    }

    static @Nullable String protocol(long number) {
        return Tables.PROTOCOLS.get(Long.toString(number));
    }

    static @Nullable String service(long port, long protocol) {
        return protocol == TCP
                ? service(port, "tcp")
                : protocol == UDP ? service(port, "udp") : null;
    }

    static @Nullable String service(long port, String protocol) {
        return Tables.SERVICES.get(port + " " + protocol.toLowerCase(Locale.ROOT));
    }

    /// Lines of a key and, behind the last blank, a name.
    private static Map<String, String> read(String file) {
        InputStream stream = AssignedNames.class.getResourceAsStream(file);
        if (stream == null) {
            throw new IllegalStateException(file + " is not beside the program");
        }
        Map<String, String> names = new HashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int blank = line.lastIndexOf(' ');
                if (!line.startsWith("#")) {
                    names.put(line.substring(0, blank), line.substring(blank + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
