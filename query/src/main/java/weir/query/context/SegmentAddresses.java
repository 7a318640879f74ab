// SPDX-License-Identifier: Apache-2.0
package weir.query.context;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import weir.engine.scan.ScanMetrics;
import weir.engine.scan.ScanRequest;
import weir.engine.scan.SegmentScan;
import weir.engine.schema.Column;
import weir.engine.schema.IpAddress;
import weir.engine.segment.ColumnReader;
import weir.engine.segment.SegmentReader;
import weir.engine.vector.Dictionary;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.value.PrivateAddresses;

/// Which addresses the records of each interface have in common, in one segment. Of the first
/// record both addresses are candidates; of each later one those count that it has too. Where logs
/// have `flow_direction` it says which of both it is.
final class SegmentAddresses {
    private static final List<String> COLUMNS =
            List.of(
                    "interface_id",
                    "srcaddr",
                    "dstaddr",
                    "pkt_dstaddr",
                    "instance_id",
                    "flow_direction",
                    "interface_type");

    /// A segment never changes, so what was seen of it holds as long as it is open.
    private static final Map<SegmentReader, Map<String, Seen>> KNOWN =
            Collections.synchronizedMap(new WeakHashMap<>());

    /// IPv4 and IPv6: an interface has addresses of its own of both.
    private static final int FAMILIES = 2;

    private static final String NAT_GATEWAY = "nat_gateway";

    private static final int EITHER = 0;
    private static final int SOURCE = 1;
    private static final int TARGET = 2;

    /// The address behind the last of IPv4.
    private static final IpAddress BEHIND_V4 = new IpAddress(0, 1L << 48);

    private final Dictionary interfaces;
    private final Dictionary addresses;
    private @Nullable Dictionary directionDictionary;

    /// By code of a direction.
    private int[] sideOfDirection = {};

    /// By interface and family: the candidates as codes, in how many records they were, and how
    /// many there were.
    private final int[] firsts;

    private final int[] seconds;
    private final int[] firstCounts;
    private final int[] secondCounts;
    private final int[] counts;

    /// Addresses ascend by their codes, and those of IPv4 stand together.
    private final int v4From;

    private final int v4To;

    /// By interface: records that came in for a public address that is not its own, or that name it
    /// a NAT gateway's.
    private final int[] passedOn;

    private SegmentAddresses(Dictionary interfaces, Dictionary addresses) {
        this.interfaces = interfaces;
        this.addresses = addresses;
        int size = interfaces.size() * FAMILIES;
        firsts = new int[size];
        seconds = new int[size];
        firstCounts = new int[size];
        secondCounts = new int[size];
        counts = new int[size];
        passedOn = new int[interfaces.size()];
        v4From = addresses.lowerBound(IpAddress.ofV4(0));
        v4To = addresses.lowerBound(BEHIND_V4);
    }

    /// What was seen of one interface, in any number of segments.
    static final class Seen {
        private final List<Map<IpAddress, Long>> candidates =
                List.of(new HashMap<>(), new HashMap<>());
        private final long[] records = new long[FAMILIES];
        private long passedOn;

        void add(Seen other) {
            for (int family = 0; family < FAMILIES; family++) {
                Map<IpAddress, Long> mine = candidates.get(family);
                other.candidates
                        .get(family)
                        .forEach((address, count) -> mine.merge(address, count, Long::sum));
                records[family] += other.records[family];
            }
            passedOn += other.passedOn;
        }

        /// Of each family the addresses that most of the records have; one, or two that are in just
        /// as many.
        List<List<IpAddress>> common() {
            List<List<IpAddress>> common = new ArrayList<>();
            for (int family = 0; family < FAMILIES; family++) {
                Map<IpAddress, Long> counted = candidates.get(family);
                long most = counted.values().stream().mapToLong(Long::longValue).max().orElse(0);
                common.add(
                        2 * most <= records[family]
                                ? List.of()
                                : counted.entrySet().stream()
                                        .filter(entry -> entry.getValue() == most)
                                        .map(Map.Entry::getKey)
                                        .toList());
            }
            return common;
        }

        /// Whether it passes on what is for public addresses of others.
        boolean isNat() {
            return passedOn > 0;
        }
    }

    /// By interface, what `segment` shows.
    static Map<String, Seen> of(SegmentReader segment) {
        Map<String, Seen> known = KNOWN.get(segment);
        if (known == null) {
            known = read(segment);
            KNOWN.put(segment, known);
        }
        return known;
    }

    private static Map<String, Seen> read(SegmentReader segment) {
        List<Column> columns = new ArrayList<>();
        for (String name : COLUMNS) {
            ColumnReader column = segment.column(name);
            columns.add(column == null ? Column.text("~none:" + name) : column.column());
        }
        if (segment.column("interface_id") == null
                || segment.column("srcaddr") == null
                || segment.column("dstaddr") == null) {
            return Map.of();
        }
        SegmentScan scan =
                SegmentScan.of(segment, ScanRequest.of(columns, null), new ScanMetrics());
        SegmentAddresses seen = null;
        for (VectorBatch batch = scan.next(); batch != null; batch = scan.next()) {
            Vector.Codes own = (Vector.Codes) batch.column(0);
            Vector.Codes source = (Vector.Codes) batch.column(1);
            Vector.Codes target = (Vector.Codes) batch.column(2);
            boolean isComparable =
                    source.dictionary().isAddresses()
                            && source.dictionary().equals(target.dictionary());
            if (!isComparable) {
                return Map.of();
            }
            if (seen == null) {
                seen = new SegmentAddresses(own.dictionary(), source.dictionary());
            }
            int[] sides = seen.sides(batch.column(5), batch.rowCount());
            seen.count(own.codes(), source.codes(), target.codes(), sides, batch.rowCount());
            seen.countPassedOn(batch, own.codes(), target);
            seen.countTyped(batch, own.codes());
        }
        segment.checkLength();
        return seen == null ? Map.of() : seen.byInterface();
    }

    /// By row: which address is the interface's own by `flow_direction`.
    private int[] sides(Vector directions, int rowCount) {
        int[] sides = new int[rowCount];
        if (directions instanceof Vector.Codes codes) {
            if (!codes.dictionary().equals(directionDictionary)) {
                directionDictionary = codes.dictionary();
                sideOfDirection = new int[directionDictionary.size()];
                for (int code = 1; code < sideOfDirection.length; code++) {
                    String direction = directionDictionary.text(code);
                    sideOfDirection[code] =
                            "egress".equals(direction)
                                    ? SOURCE
                                    : "ingress".equals(direction) ? TARGET : EITHER;
                }
            }
            for (int row = 0; row < rowCount; row++) {
                sides[row] = sideOfDirection[codes.codes()[row]];
            }
        }
        return sides;
    }

    private void count(int[] own, int[] source, int[] target, int[] sides, int rowCount) {
        for (int row = 0; row < rowCount; row++) {
            // Where the side is known that address is the one candidate.
            int first = sides[row] == TARGET ? target[row] : source[row];
            int second = sides[row] == SOURCE ? source[row] : target[row];
            if (own[row] == 0 || first == 0 || second == 0) {
                continue;
            }
            int place = FAMILIES * own[row] + (first >= v4From && first < v4To ? 0 : 1);
            if (counts[place]++ == 0) {
                firsts[place] = first;
                seconds[place] = second;
            }
            firstCounts[place] += firsts[place] == first || firsts[place] == second ? 1 : 0;
            secondCounts[place] += seconds[place] == first || seconds[place] == second ? 1 : 0;
        }
    }

    private void countPassedOn(VectorBatch batch, int[] own, Vector.Codes target) {
        if (!(batch.column(3) instanceof Vector.Codes packets)
                || !packets.dictionary().equals(target.dictionary())
                || !(batch.column(4) instanceof Vector.Codes instances)) {
            return;
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            int real = packets.codes()[row];
            if (real == target.codes()[row] || real == 0 || instances.codes()[row] != 0) {
                continue;
            }
            IpAddress address = addresses.address(real);
            if (address != null && !PrivateAddresses.contain(address)) {
                passedOn[own[row]]++;
            }
        }
    }

    /// Where logs say the type of an interface, that counts besides.
    private void countTyped(VectorBatch batch, int[] own) {
        if (!(batch.column(6) instanceof Vector.Codes types)) {
            return;
        }
        int nat = types.dictionary().codeOf(NAT_GATEWAY);
        for (int row = 0; nat > 0 && row < batch.rowCount(); row++) {
            passedOn[own[row]] += types.codes()[row] == nat ? 1 : 0;
        }
    }

    private Map<String, Seen> byInterface() {
        Map<String, Seen> result = new HashMap<>();
        for (int code = 1; code < interfaces.size(); code++) {
            String id = interfaces.text(code);
            Seen seen = new Seen();
            seen.passedOn = passedOn[code];
            for (int family = 0; family < FAMILIES; family++) {
                int place = FAMILIES * code + family;
                seen.records[family] = counts[place];
                put(seen.candidates.get(family), firsts[place], firstCounts[place]);
                put(seen.candidates.get(family), seconds[place], secondCounts[place]);
            }
            if (id != null) {
                result.put(id, seen);
            }
        }
        return Map.copyOf(result);
    }

    private void put(Map<IpAddress, Long> counted, int code, int count) {
        IpAddress address = code == 0 ? null : addresses.address(code);
        if (address != null) {
            counted.put(address, (long) count);
        }
    }
}
