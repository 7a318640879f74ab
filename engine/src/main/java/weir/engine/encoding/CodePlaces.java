// SPDX-License-Identifier: Apache-2.0
package weir.engine.encoding;

import java.util.Arrays;

/// Where the code of each row stands in a list of codes. Stateless.
final class CodePlaces {
    private CodePlaces() {}

    /// The place of each row of a narrow block in `listed`, which ascends; `listed.length` where a
    /// row's code is not listed. The array is the scratch's own and may be longer.
    static int[] of(BlockShape shape, int[] listed) {
        int[] places = shape.scratch().places(shape.count);
        if (shape.width <= EncoderScratch.TABLE_BITS && 1 << shape.width <= 4 * shape.count) {
            byTable(shape, listed, places);
        } else {
            bySearch(shape, listed, places);
        }
        return places;
    }

    private static void byTable(BlockShape shape, int[] listed, int[] places) {
        int[] placeOf = shape.scratch().table(shape.width);
        Arrays.fill(placeOf, 0, 1 << shape.width, listed.length);
        for (int place = 0; place < listed.length; place++) {
            placeOf[listed[place]] = place;
        }
        int[] codes = shape.codes;
        for (int row = 0; row < shape.count; row++) {
            places[row] = placeOf[codes[row]];
        }
    }

    private static void bySearch(BlockShape shape, int[] listed, int[] places) {
        int[] codes = shape.codes;
        for (int row = 0; row < shape.count; row++) {
            if (row > 0 && codes[row] == codes[row - 1]) {
                places[row] = places[row - 1];
                continue;
            }
            int place = Arrays.binarySearch(listed, codes[row]);
            places[row] = place < 0 ? listed.length : place;
        }
    }
}
