// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import org.jspecify.annotations.Nullable;

/// One record before it becomes text; reused for every record of a thread.
///
/// Numbers below zero are written as `-`.
final class FlowRow {

    NetworkInterface eni;
    byte[] srcaddr = Ascii.DASH;
    byte[] dstaddr = Ascii.DASH;
    byte[] pktSrcaddr = Ascii.DASH;
    byte[] pktDstaddr = Ascii.DASH;
    byte[] pktSrcService = Ascii.DASH;
    byte[] pktDstService = Ascii.DASH;
    byte[] action = Ascii.DASH;
    byte[] status = Ascii.OK;
    byte[] type = Ascii.DASH;
    byte[] direction = Ascii.DASH;
    byte[] rejectReason = Ascii.DASH;
    int srcport;
    int dstport;
    int protocol;
    int tcpFlags;
    int trafficPath;
    int encryption;
    long packets;
    long bytes;
    long start;
    long end;

    /// The interface at the other side, when it is one of ours.
    @Nullable NetworkInterface nextHop;

    FlowRow(NetworkInterface eni) {
        this.eni = eni;
    }

    /// Makes it a record without traffic: everything a packet would have told is absent.
    void withoutTraffic(NetworkInterface of, byte[] logStatus) {
        eni = of;
        srcaddr = Ascii.DASH;
        dstaddr = Ascii.DASH;
        pktSrcaddr = Ascii.DASH;
        pktDstaddr = Ascii.DASH;
        pktSrcService = Ascii.DASH;
        pktDstService = Ascii.DASH;
        action = Ascii.DASH;
        status = logStatus;
        type = Ascii.DASH;
        direction = Ascii.DASH;
        rejectReason = Ascii.DASH;
        srcport = -1;
        dstport = -1;
        protocol = -1;
        tcpFlags = -1;
        trafficPath = -1;
        encryption = -1;
        packets = -1;
        bytes = -1;
        nextHop = null;
    }
}
