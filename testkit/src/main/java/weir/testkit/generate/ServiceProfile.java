// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

/// How a service talks: port, protocol, volumes. Immutable.
///
/// @param port the service's port
/// @param protocol IANA number
/// @param packets packets of the client's direction in one window
/// @param answerPercentLow fewest answer packets per hundred of the client's
/// @param answerPercentHigh most answer packets per hundred of the client's
/// @param askLow smallest average packet of the client, bytes with IP header
/// @param askHigh largest average packet of the client
/// @param answerLow smallest average packet of the server
/// @param answerHigh largest average packet of the server
record ServiceProfile(
        int port,
        int protocol,
        HeavyTail packets,
        int answerPercentLow,
        int answerPercentHigh,
        int askLow,
        int askHigh,
        int answerLow,
        int answerHigh) {

    private static final HeavyTail WEB = new HeavyTail(12, 1.5, 1.15, 4_000_000);
    private static final HeavyTail CHATTY = new HeavyTail(36, 1.8, 1.2, 8_000_000);
    private static final HeavyTail BULK = new HeavyTail(110, 2.1, 1.05, 20_000_000);
    private static final HeavyTail SMALL = new HeavyTail(1.3, 0.6, 2, 2_000);

    static ServiceProfile web(int port) {
        return new ServiceProfile(port, 6, WEB, 70, 170, 60, 420, 150, 1_460);
    }

    static ServiceProfile chatty(int port) {
        return new ServiceProfile(port, 6, CHATTY, 80, 130, 70, 400, 80, 900);
    }

    static ServiceProfile bulk(int port) {
        return new ServiceProfile(port, 6, BULK, 40, 140, 60, 1_480, 52, 1_480);
    }

    static ServiceProfile ssh() {
        return new ServiceProfile(22, 6, CHATTY, 80, 120, 60, 160, 80, 300);
    }

    static ServiceProfile dns() {
        return new ServiceProfile(53, 17, SMALL, 100, 100, 56, 90, 90, 420);
    }

    static ServiceProfile ntp() {
        return new ServiceProfile(123, 17, SMALL, 100, 100, 76, 76, 76, 76);
    }

    static ServiceProfile ping() {
        return new ServiceProfile(0, 1, SMALL, 100, 100, 84, 84, 84, 84);
    }

    static ServiceProfile quic() {
        return new ServiceProfile(443, 17, WEB, 90, 300, 80, 500, 300, 1_280);
    }
}
