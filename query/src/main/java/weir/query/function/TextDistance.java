// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

/// How alike two texts are, and whether digits check.
final class TextDistance {
    /// Steps of a Levenshtein distance that are worth it: Trino's bound.
    private static final long STEPS_MAX = 1_000_000;

    private TextDistance() {}

    static long hamming(String left, String right) {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        if (a.length != b.length) {
            throw Args.invalid(
                    "The input strings to hamming_distance function must have the same"
                            + " length");
        }
        long distance = 0;
        for (int i = 0; i < a.length; i++) {
            distance += a[i] == b[i] ? 0 : 1;
        }
        return distance;
    }

    static long levenshtein(String left, String right) {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        if (a.length == 0 || b.length == 0) {
            return Math.max(a.length, b.length);
        }
        if ((long) a.length * (b.length - 1) > STEPS_MAX) {
            throw Args.invalid(
                    ("The combined inputs for Levenshtein distance are too large. The supported"
                                    + " limit is %d characters, but got %d and %d.")
                            .formatted(STEPS_MAX, a.length, b.length));
        }
        int[] distances = new int[b.length];
        for (int j = 0; j < b.length; j++) {
            distances[j] = j + 1;
        }
        for (int i = 0; i < a.length; i++) {
            step(a[i], i, b, distances);
        }
        return distances[b.length - 1];
    }

    /// From the distances of the first `i` characters to those of one more.
    private static void step(int character, int i, int[] b, int[] distances) {
        int diagonal = i;
        int leftward = i + 1;
        for (int j = 0; j < b.length; j++) {
            int above = distances[j];
            int changed = diagonal + (character == b[j] ? 0 : 1);
            leftward = Math.min(changed, Math.min(leftward, above) + 1);
            distances[j] = leftward;
            diagonal = above;
        }
    }

    static boolean luhn(String digits) {
        if (digits.isEmpty()) {
            return false;
        }
        int sum = 0;
        boolean isDoubled = false;
        for (int i = digits.length() - 1; i >= 0; i--) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw Args.invalid("Input contains non-digit character");
            }
            int weighted = isDoubled ? 2 * digit : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
            isDoubled = !isDoubled;
        }
        return sum % 10 == 0;
    }
}
