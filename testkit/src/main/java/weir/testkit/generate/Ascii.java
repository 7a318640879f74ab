// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.nio.charset.StandardCharsets;

/// Constant field texts as bytes.
final class Ascii {

    static final byte[] DASH = of("-");
    static final byte[] ACCEPT = of("ACCEPT");
    static final byte[] REJECT = of("REJECT");
    static final byte[] OK = of("OK");
    static final byte[] NODATA = of("NODATA");
    static final byte[] SKIPDATA = of("SKIPDATA");
    static final byte[] IPV4 = of("IPv4");
    static final byte[] IPV6 = of("IPv6");
    static final byte[] INGRESS = of("ingress");
    static final byte[] EGRESS = of("egress");

    private Ascii() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
