// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

/// What the stories of the examples are told with: who speaks to whom, when and how much. Reused
/// for each conversation; confined to one thread.
abstract class ExampleScenes {
    /// 2026-11-01 00:00:00 UTC.
    static final long START = GeneratorOptions.DEFAULT_START;

    static final int HOUR = 3_600;
    static final int DAY = 24 * HOUR;
    static final int HOURS = 72;
    static final int TCP = 6;
    static final int UDP = 17;

    final SeededRandom random;
    final Conversation talk;

    ExampleScenes(long seed, RowSink sink) {
        random = new SeededRandom(seed);
        talk = new Conversation(sink, new NetworkInterface.Builder().build());
        talk.phased = false;
    }

    final void begin(long base, int longest) {
        int late = random.below(Math.max(1, 285 - longest));
        at(base + 3 + late, random.below(longest));
    }

    final void at(long second, int seconds) {
        talk.reset();
        talk.startSecond = second;
        talk.durationSeconds = seconds;
    }

    final void volumes(int protocol, int packets, int ask, int answer) {
        long asked = 4 + (long) random.below(packets) * random.between(1, 6);
        long answered = Math.max(3, asked * random.between(60, 140) / 100);
        exchange(
                protocol,
                asked,
                asked * ask + random.below((int) asked * 40),
                answered,
                answered * answer + random.below((int) answered * 90),
                3,
                19);
    }

    final void small(int protocol, int ask, int answer) {
        exchange(protocol, 1, ask, 1, answer, 0, 0);
    }

    final void exchange(
            int protocol,
            long asked,
            long askedBytes,
            long answered,
            long answeredBytes,
            int clientFlags,
            int serverFlags) {
        talk.protocol = protocol;
        talk.clientPackets = asked;
        talk.clientBytes = askedBytes;
        talk.serverPackets = answered;
        talk.serverBytes = answeredBytes;
        talk.clientFlags = clientFlags;
        talk.serverFlags = serverFlags;
    }

    final void probe(NetworkInterface target, FlowEnd source, int port) {
        exchange(TCP, 1, random.chance(650) ? 40 : 44, 0, 0, 2, 0);
        talk.clientRejected = true;
        observeServer(target, source, port);
    }

    final void observeServer(NetworkInterface server, FlowEnd client, int port) {
        talk.observe(server, FlowEnd.of(server, false, port), client, false, 8);
    }

    final void observeClient(NetworkInterface client, FlowEnd server, int path) {
        talk.observe(client, FlowEnd.of(client, false, ephemeral()), server, true, path);
    }

    final void inside(NetworkInterface client, NetworkInterface server, int port, int path) {
        FlowEnd near = FlowEnd.of(client, false, ephemeral());
        FlowEnd far = FlowEnd.of(server, false, port);
        talk.observe(client, near, far, true, path);
        talk.observe(server, far, near, false, path);
    }

    final void silence(NetworkInterface eni, long second, int seconds, byte[] status) {
        at(second, seconds);
        talk.writeWithoutTraffic(eni, status);
    }

    static FlowEnd outside(String address, int port) {
        return FlowEnd.outside(Ascii.of(address), port, Ascii.DASH);
    }

    final int ephemeral() {
        return random.between(32_768, 60_999);
    }
}
