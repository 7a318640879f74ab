// SPDX-License-Identifier: Apache-2.0
package weir.ingest.journal;

import java.util.ArrayList;
import java.util.List;

/// The options of the JVM without which a journal can be neither written nor read: Chronicle Queue
/// maps files by methods of the JDK that are not for everybody.
public final class JournalFlags {
    private static final List<String> EXPORTED = List.of("sun.nio.ch", "jdk.internal.ref");
    private static final List<String> OPEN = List.of("java.lang", "java.lang.reflect");

    private JournalFlags() {}

    /// @throws IllegalStateException when one is missing, with all that are
    static void check() {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "live collection needs these options of the JVM: " + String.join(" ", missing));
        }
    }

    /// Those that are missing, as a command line has them.
    public static List<String> missing() {
        Module base = Object.class.getModule();
        Module self = JournalFlags.class.getModule();
        String name = self.isNamed() ? self.getName() : "ALL-UNNAMED";
        List<String> missing = new ArrayList<>();
        for (String exported : EXPORTED) {
            if (!base.isExported(exported, self)) {
                missing.add("--add-exports=java.base/" + exported + "=" + name);
            }
        }
        for (String open : OPEN) {
            if (!base.isOpen(open, self)) {
                missing.add("--add-opens=java.base/" + open + "=" + name);
            }
        }
        return List.copyOf(missing);
    }
}
