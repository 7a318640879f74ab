// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import weir.query.type.Binary;
import weir.query.value.XxHash64;

/// Functions to, from and on VARBINARY.
final class BinaryFunctions {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private BinaryFunctions() {}

    static List<Definition> definitions() {
        Definitions binary = new Definitions(Definition.Kind.BINARY);
        defineText(binary);
        defineDigests(binary);
        defineBytes(binary);
        return binary.list();
    }

    private static void defineText(Definitions binary) {
        binary.define("to_utf8", "varchar", "varbinary", "The bytes of a text in UTF-8")
                .total()
                .is(a -> new Binary(Args.text(a, 0).getBytes(StandardCharsets.UTF_8)));
        binary.define(
                        "from_utf8",
                        "varbinary",
                        "varchar",
                        "The text of bytes in UTF-8; what is none becomes U+FFFD")
                .total()
                .is(a -> Utf8Text.decode(Args.bytes(a, 0), "\ufffd"));
        binary.define(
                        "from_utf8",
                        "varbinary, varchar",
                        "varchar",
                        "The same with another replacement, of one character or none")
                .is(a -> Utf8Text.decode(Args.bytes(a, 0), replacement(Args.text(a, 1))));
        binary.define("to_hex", "varbinary", "varchar", "Bytes as hexadecimal digits")
                .total()
                .is(a -> HEX.formatHex(Args.bytes(a, 0)));
        binary.define("from_hex", "varchar", "varbinary", "The bytes of hexadecimal digits")
                .is(a -> fromHex(Args.text(a, 0)));
        binary.define("to_base64", "varbinary", "varchar", "Bytes in Base64")
                .total()
                .is(a -> Base64.getEncoder().encodeToString(Args.bytes(a, 0)));
        binary.define("from_base64", "varchar", "varbinary", "The bytes of Base64")
                .is(a -> fromBase64(Args.text(a, 0), Base64.getDecoder()));
        binary.define("to_base64url", "varbinary", "varchar", "Bytes in Base64 for URLs")
                .total()
                .is(a -> Base64.getUrlEncoder().encodeToString(Args.bytes(a, 0)));
        binary.define("from_base64url", "varchar", "varbinary", "The bytes of Base64 for URLs")
                .is(a -> fromBase64(Args.text(a, 0), Base64.getUrlDecoder()));
    }

    private static String replacement(String text) {
        if (text.codePointCount(0, text.length()) > 1) {
            throw Args.invalid("Replacement character string must empty or a single character");
        }
        return text;
    }

    private static Binary fromHex(String text) {
        if (text.length() % 2 != 0) {
            throw Args.invalid("invalid input length " + text.length());
        }
        try {
            return new Binary(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            throw Args.invalid("Invalid hexadecimal input: " + text, e);
        }
    }

    private static Binary fromBase64(String text, Base64.Decoder decoder) {
        try {
            return new Binary(decoder.decode(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException e) {
            throw Args.invalid(String.valueOf(e.getMessage()), e);
        }
    }

    private static void defineDigests(Definitions binary) {
        for (String algorithm : List.of("MD5", "SHA-1", "SHA-256", "SHA-512")) {
            String name = algorithm.toLowerCase(java.util.Locale.ROOT).replace("-", "");
            binary.define(name, "varbinary", "varbinary", "The " + algorithm + " hash of bytes")
                    .total()
                    .each(() -> {
                        MessageDigest digest = digest(algorithm);
                        return a -> new Binary(digest.digest(Args.bytes(a, 0)));
                    });
            if (!name.equals("md5")) {
                defineHmac(binary, name);
            }
        }
        defineHmac(binary, "md5");
        binary.define("crc32", "varbinary", "bigint", "The CRC-32 of bytes")
                .total()
                .is(a -> crc32(Args.bytes(a, 0)));
        binary.define("xxhash64", "varbinary", "varbinary", "The XXH64 hash of bytes")
                .total()
                .is(a -> bigEndian(XxHash64.of(Args.bytes(a, 0))));
    }

    private static void defineHmac(Definitions binary, String hash) {
        binary.define(
                        "hmac_" + hash,
                        "varbinary, varbinary",
                        "varbinary",
                        "The HMAC of bytes with a key")
                .is(a -> hmac("Hmac" + hash, Args.bytes(a, 0), Args.bytes(a, 1)));
    }

    private static Binary hmac(String algorithm, byte[] data, byte[] key) {
        if (key.length == 0) {
            throw Args.invalid("Empty key");
        }
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return new Binary(mac.doFinal(data));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private static Long crc32(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    private static Binary bigEndian(long value) {
        return new Binary(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    private static void defineBytes(Definitions binary) {
        binary.define("length", "varbinary", "bigint", "Count of bytes")
                .total()
                .is(a -> (long) Args.bytes(a, 0).length);
        binary.define("reverse", "varbinary", "varbinary", "Bytes in reverse order")
                .total()
                .is(a -> reverse(Args.bytes(a, 0)));
        binary.define("to_big_endian_64", "bigint", "varbinary", "A number as eight bytes")
                .total()
                .is(a -> bigEndian(Args.number(a, 0)));
        binary.define("from_big_endian_64", "varbinary", "bigint", "The number of eight bytes")
                .is(a -> fromBigEndian(Args.bytes(a, 0)));
    }

    private static Binary reverse(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[bytes.length - 1 - i] = bytes[i];
        }
        return new Binary(reversed);
    }

    private static Long fromBigEndian(byte[] bytes) {
        if (bytes.length != Long.BYTES) {
            throw Args.invalid("expected 8-byte input, but got instead: " + bytes.length);
        }
        return ByteBuffer.wrap(bytes).getLong();
    }

    /// Bytes as text.
    private static final class Utf8Text {
        private Utf8Text() {}

        static String decode(byte[] bytes, String replacement) {
            if (replacement.equals("\ufffd")) {
                return new String(bytes, StandardCharsets.UTF_8);
            }
            try {
                CodingErrorAction action =
                        replacement.isEmpty() ? CodingErrorAction.IGNORE : CodingErrorAction.REPORT;
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(action)
                        .onUnmappableCharacter(action)
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException _) {
                return new String(bytes, StandardCharsets.UTF_8).replace("\ufffd", replacement);
            }
        }
    }
}
