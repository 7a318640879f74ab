// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.query.fault.NearWords;

/// "Did you mean": the name that was probably meant.
final class NearNames {
    /// Names of other tools and of older Athena documentation, and what they are called here.
    private static final Map<String, String> OTHER_NAMES =
            Map.ofEntries(
                    Map.entry("sourceaddress", "srcaddr"),
                    Map.entry("destinationaddress", "dstaddr"),
                    Map.entry("sourceport", "srcport"),
                    Map.entry("destinationport", "dstport"),
                    Map.entry("numbytes", "bytes"),
                    Map.entry("numpackets", "packets"),
                    Map.entry("starttime", "start"),
                    Map.entry("endtime", "end"),
                    Map.entry("account", "account_id"),
                    Map.entry("interface", "interface_id"),
                    Map.entry("interfaceid", "interface_id"),
                    Map.entry("accountid", "account_id"),
                    Map.entry("logstatus", "log_status"),
                    Map.entry("src_addr", "srcaddr"),
                    Map.entry("dst_addr", "dstaddr"),
                    Map.entry("src_port", "srcport"),
                    Map.entry("dst_port", "dstport"),
                    Map.entry("bin", "date_trunc"),
                    Map.entry("strftime", "date_format"),
                    Map.entry("to_timestamp", "from_unixtime"),
                    Map.entry("ifnull", "coalesce"),
                    Map.entry("nvl", "coalesce"),
                    Map.entry("len", "length"),
                    Map.entry("instr", "strpos"),
                    Map.entry("datediff", "date_diff"),
                    Map.entry("dateadd", "date_add"),
                    Map.entry("isipv4insubnet", "contains"),
                    Map.entry("isipv6insubnet", "contains"));

    private NearNames() {}

    /// `; did you mean x?`, or nothing when no candidate is near.
    static String hint(String name, Collection<String> candidates) {
        String near = nearest(name, candidates);
        return near == null ? "" : "; did you mean " + quoted(near) + "?";
    }

    /// The candidate that was probably meant, or null.
    static @Nullable String nearest(String name, Collection<String> candidates) {
        String wanted = name.toLowerCase(Locale.ROOT);
        String other = OTHER_NAMES.get(wanted);
        if (other != null && candidates.contains(other)) {
            return other;
        }
        String best = null;
        int bestDistance = Math.max(1, Math.min(3, wanted.length() / 3)) + 1;
        for (String candidate : candidates) {
            String known = candidate.toLowerCase(Locale.ROOT);
            int distance =
                    bare(known).equals(bare(wanted))
                            ? 0
                            : NearWords.distance(known, wanted, bestDistance);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best;
    }

    private static String bare(String name) {
        return name.replace("-", "").replace("_", "");
    }

    /// A name as SQL has to write it.
    static String quoted(String name) {
        boolean isPlain = name.matches("[A-Za-z_][A-Za-z0-9_.]*");
        return isPlain && !name.equalsIgnoreCase("end") && !name.equalsIgnoreCase("table")
                ? name
                : "\"" + name + "\"";
    }
}
