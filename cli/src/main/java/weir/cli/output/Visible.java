// SPDX-License-Identifier: Apache-2.0
package weir.cli.output;

import java.util.HexFormat;

/// Text that cannot command a terminal: control characters and those that turn the direction of
/// writing are written as Java writes them (backslash, u, four digits).
public final class Visible {
    private Visible() {}

    /// `text` with its control characters written out.
    public static String text(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (isControl(text.charAt(index))) {
                return escapeAll(text);
            }
        }
        return text;
    }

    private static String escapeAll(String text) {
        StringBuilder visible = new StringBuilder(text.length() + 16);
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            visible.append(isControl(unit) ? escape(unit) : String.valueOf(unit));
        }
        return visible.toString();
    }

    /// Whether a terminal would obey `unit` instead of showing it.
    static boolean isControl(char unit) {
        return unit < 0x20
                || (unit >= 0x7F && unit < 0xA0)
                || unit == 0x061C
                || (unit >= 0x200E && unit <= 0x200F)
                || (unit >= 0x2028 && unit <= 0x202E)
                || (unit >= 0x2066 && unit <= 0x2069);
    }

    /// `unit` as four hexadecimal digits behind a backslash and a u.
    static String escape(char unit) {
        return "\\u" + HexFormat.of().toHexDigits(unit);
    }

    /// Cells of a terminal that `text`, which holds no control characters, takes up.
    static int width(String text) {
        int width = 0;
        for (int index = 0; index < text.length(); ) {
            int codePoint = text.codePointAt(index);
            width += codePoint < 0x300 ? 1 : width(codePoint);
            index += Character.charCount(codePoint);
        }
        return width;
    }

    private static int width(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT) {
            return 0;
        }
        return isWide(codePoint) ? 2 : 1;
    }

    /// East Asian wide and full-width letters and pictures, by their large blocks.
    private static boolean isWide(int codePoint) {
        return (codePoint >= 0x1100 && codePoint <= 0x115F)
                || (codePoint >= 0x2E80 && codePoint <= 0xA4CF)
                || (codePoint >= 0xAC00 && codePoint <= 0xD7A3)
                || (codePoint >= 0xF900 && codePoint <= 0xFAFF)
                || (codePoint >= 0xFE30 && codePoint <= 0xFE6F)
                || (codePoint >= 0xFF00 && codePoint <= 0xFF60)
                || (codePoint >= 0xFFE0 && codePoint <= 0xFFE6)
                || (codePoint >= 0x1F300 && codePoint <= 0x1FAFF)
                || (codePoint >= 0x20000 && codePoint <= 0x3FFFD);
    }
}
