// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

/// What passes between two ends in one aggregation window, and the records interfaces write of it:
/// two for each that sees it, one per direction. Reused; one per thread.
final class Conversation {

    private final RowSink sink;
    private final FlowRow row;

    int protocol;
    boolean v6;
    long clientPackets;

    /// Below zero for `-`.
    long clientBytes;

    long serverPackets;
    long serverBytes;
    int clientFlags;
    int serverFlags;
    boolean clientRejected;
    boolean serverRejected;
    byte[] rejectReason = Ascii.DASH;
    int encryption;
    long startSecond;
    int durationSeconds;

    /// Whether interfaces' own window offsets move the times.
    boolean phased = true;

    Conversation(RowSink sink, NetworkInterface any) {
        this.sink = sink;
        this.row = new FlowRow(any);
    }

    /// Back to an accepted, unencrypted conversation.
    void reset() {
        clientRejected = false;
        serverRejected = false;
        rejectReason = Ascii.DASH;
        encryption = 0;
        v6 = false;
        clientFlags = 0;
        serverFlags = 0;
    }

    /// Writes the records of one interface; a direction without packets gives none.
    ///
    /// @param local the end on the interface's own side, as this interface sees it
    /// @param localIsClient whether the local end opened the conversation
    /// @param path AWS's traffic-path of what leaves here, below zero for `-`
    void observe(
            NetworkInterface eni, FlowEnd local, FlowEnd peer, boolean localIsClient, int path) {
        times(eni);
        if (localIsClient) {
            fromClient(true);
            write(eni, local, peer, path);
            fromClient(false);
            write(eni, peer, local, Integer.MIN_VALUE);
        } else {
            fromClient(true);
            write(eni, peer, local, Integer.MIN_VALUE);
            fromClient(false);
            write(eni, local, peer, path);
        }
    }

    private void times(NetworkInterface eni) {
        row.start = startSecond + (phased ? eni.phaseSeconds : 0);
        row.end = row.start + durationSeconds;
    }

    private void fromClient(boolean client) {
        row.packets = client ? clientPackets : serverPackets;
        row.bytes = client ? clientBytes : serverBytes;
        row.tcpFlags = client ? clientFlags : serverFlags;
        boolean rejected = client ? clientRejected : serverRejected;
        row.action = rejected ? Ascii.REJECT : Ascii.ACCEPT;
        row.rejectReason = rejected ? rejectReason : Ascii.DASH;
    }

    private void write(NetworkInterface eni, FlowEnd from, FlowEnd to, int path) {
        if (row.packets == 0) {
            return;
        }
        boolean egress = path != Integer.MIN_VALUE;
        row.eni = eni;
        row.srcaddr = from.address();
        row.dstaddr = to.address();
        row.pktSrcaddr = from.packetAddress();
        row.pktDstaddr = to.packetAddress();
        row.pktSrcService = from.service();
        row.pktDstService = to.service();
        row.srcport = from.port();
        row.dstport = to.port();
        row.protocol = protocol;
        row.status = Ascii.OK;
        row.type = v6 ? Ascii.IPV6 : Ascii.IPV4;
        row.direction = egress ? Ascii.EGRESS : Ascii.INGRESS;
        row.trafficPath = egress ? path : -1;
        row.encryption = encryption;
        row.nextHop = egress ? to.eni() : from.eni();
        sink.accept(row);
    }

    /// Writes a NODATA or SKIPDATA record.
    void writeWithoutTraffic(NetworkInterface eni, byte[] status) {
        times(eni);
        row.withoutTraffic(eni, status);
        sink.accept(row);
    }
}
