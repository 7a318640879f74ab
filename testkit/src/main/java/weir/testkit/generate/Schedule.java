// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.util.Iterator;
import java.util.NoSuchElementException;

/// Cuts the wanted number of records into slices, in the order they are written.
final class Schedule implements Iterator<Slice> {

    /// Small enough that a slice's text stays in the cache while it is mixed.
    private static final int MAX_SLICE_RECORDS = 16_384;

    private final Traffic traffic;
    private long remaining;
    private long window = -1;
    private int part;
    private int parts;
    private long windowRecords;

    Schedule(Traffic traffic, long records) {
        this.traffic = traffic;
        this.remaining = records;
    }

    @Override
    public boolean hasNext() {
        return remaining > 0;
    }

    @Override
    public Slice next() {
        if (remaining <= 0) {
            throw new NoSuchElementException("all slices are made");
        }
        if (part == parts) {
            window++;
            windowRecords = traffic.recordsInWindow(window);
            parts = Math.toIntExact((windowRecords + MAX_SLICE_RECORDS - 1) / MAX_SLICE_RECORDS);
            part = 0;
        }
        long from = windowRecords * part / parts;
        long to = windowRecords * (part + 1) / parts;
        int records = (int) Math.min(remaining, to - from);
        remaining -= records;
        return new Slice(window, part++, parts, records);
    }
}
