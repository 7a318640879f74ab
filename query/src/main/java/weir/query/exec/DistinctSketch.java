// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

/// About how many different hashes were seen: all of them while they are few, then HyperLogLog
/// registers (Flajolet and others, 2007), read by the estimator of Ertl ("New cardinality
/// estimation algorithms for HyperLogLog sketches", 2017), which needs no tables. What was seen in
/// which order does not matter.
final class DistinctSketch {
    /// So many are counted exactly.
    static final int EXACT_MAX = 256;

    private final int indexBits;
    private long[] hashes = new long[8];
    private int hashCount;
    private byte[] registers = new byte[0];

    /// @param indexBits the logarithm of the count of registers
    DistinctSketch(int indexBits) {
        this.indexBits = indexBits;
    }

    /// How many bits of registers keep the standard error of 1.04 over the root of their count
    /// below `error`.
    static int indexBits(double error) {
        double registers = Math.pow(1.04 / error, 2);
        return (int) Math.ceil(Math.log(registers) / Math.log(2));
    }

    private boolean isExact() {
        return registers.length == 0;
    }

    /// Bytes that it takes.
    long sizeBytes() {
        return isExact() ? 8L * hashes.length : registers.length;
    }

    void add(long hash) {
        if (isExact()) {
            addExact(hash == 0 ? 1 : hash);
        } else {
            register(hash == 0 ? 1 : hash);
        }
    }

    private void addExact(long hash) {
        int slot = (int) hash & (hashes.length - 1);
        while (hashes[slot] != 0) {
            if (hashes[slot] == hash) {
                return;
            }
            slot = (slot + 1) & (hashes.length - 1);
        }
        hashes[slot] = hash;
        if (++hashCount > EXACT_MAX) {
            registers = new byte[1 << indexBits];
            for (long known : hashes) {
                if (known != 0) {
                    register(known);
                }
            }
            hashes = new long[0];
        } else if (2 * hashCount > hashes.length) {
            long[] old = hashes;
            hashes = new long[2 * old.length];
            hashCount = 0;
            for (long known : old) {
                if (known != 0) {
                    addExact(known);
                }
            }
        }
    }

    private void register(long hash) {
        int index = (int) (hash >>> (Long.SIZE - indexBits));
        int rank = 1 + Long.numberOfLeadingZeros((hash << indexBits) | (1L << (indexBits - 1)));
        registers[index] = (byte) Math.max(registers[index], rank);
    }

    void merge(DistinctSketch other) {
        if (other.isExact()) {
            for (long hash : other.hashes) {
                if (hash != 0) {
                    add(hash);
                }
            }
            return;
        }
        if (isExact()) {
            registers = new byte[1 << indexBits];
            for (long hash : hashes) {
                if (hash != 0) {
                    register(hash);
                }
            }
            hashes = new long[0];
        }
        for (int i = 0; i < registers.length; i++) {
            registers[i] = (byte) Math.max(registers[i], other.registers[i]);
        }
    }

    /// The estimate, exact up to [#EXACT_MAX].
    long estimate() {
        if (isExact()) {
            return hashCount;
        }
        int ranks = Long.SIZE - indexBits + 1;
        int[] counts = new int[ranks + 1];
        for (byte register : registers) {
            counts[register]++;
        }
        double size = registers.length;
        double sum = size * tau(1 - counts[ranks] / size);
        for (int rank = ranks - 1; rank > 0; rank--) {
            sum = 0.5 * (sum + counts[rank]);
        }
        sum += size * sigma(counts[0] / size);
        return Math.round(size * size / (2 * Math.log(2)) / sum);
    }

    private static double sigma(double share) {
        if (share == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double power = share;
        double weight = 1;
        double sum = share;
        double before;
        do {
            power *= power;
            before = sum;
            sum += power * weight;
            weight += weight;
        } while (sum != before);
        return sum;
    }

    private static double tau(double share) {
        if (share == 0 || share == 1) {
            return 0;
        }
        double root = share;
        double weight = 1;
        double sum = 1 - share;
        double before;
        do {
            root = Math.sqrt(root);
            before = sum;
            weight *= 0.5;
            sum -= (1 - root) * (1 - root) * weight;
        } while (sum != before);
        return sum / 3;
    }
}
