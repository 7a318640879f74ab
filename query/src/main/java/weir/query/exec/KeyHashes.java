// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.Arrays;

/// The hashes of the values of a numbering by their ids, which are the same for equal values
/// whatever the numbering. Belongs to one thread.
final class KeyHashes {
    private final ValueIds ids;
    private final QueryContext context;
    private int[] hashes = new int[0];
    private int known;

    KeyHashes(ValueIds ids, QueryContext context) {
        this.ids = ids;
        this.context = context;
    }

    /// The hash of each id that there is now; the array may be longer.
    int[] all() {
        int size = ids.size();
        if (size > hashes.length) {
            int length = Math.max(size, 2 * hashes.length);
            context.reserve(4L * (length - hashes.length));
            hashes = Arrays.copyOf(hashes, length);
        }
        for (; known < size; known++) {
            hashes[known] = ids.hashOf(known);
        }
        return hashes;
    }

    /// The hash of a key whose values have the hashes `before`, so far, and `next`.
    static int mixed(int before, int next) {
        int mixed = (before ^ next) * 0x9E3779B1;
        return mixed ^ (mixed >>> 15);
    }
}
