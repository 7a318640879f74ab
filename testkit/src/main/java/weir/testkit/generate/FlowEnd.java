// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import org.jspecify.annotations.Nullable;

/// One end of a conversation, as one interface sees it.
///
/// @param address what srcaddr or dstaddr shows
/// @param packetAddress what the packet header holds
/// @param port 0 for protocols without ports
/// @param service the AWS service of the packet address, or `-`
/// @param eni the interface at that end when it is ours
record FlowEnd(
        byte[] address,
        byte[] packetAddress,
        int port,
        byte[] service,
        @Nullable NetworkInterface eni) {

    static FlowEnd of(NetworkInterface eni, boolean v6, int port) {
        byte[] address = eni.address(v6);
        return new FlowEnd(address, address, port, Ascii.DASH, eni);
    }

    static FlowEnd outside(byte[] address, int port, byte[] service) {
        return new FlowEnd(address, address, port, service, null);
    }
}
