// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import weir.testkit.record.LogFormat;

/// The traffic of an estate, cut into slices that are generated independently of each other.
/// Immutable; shared by all threads (the work itself is done by one [Session] per slice).
///
/// About a third of the records (less in the harder estate) belong to connections that live for
/// many windows. Each has a slot; slot number and window decide who talks, so that a slice needs to
/// know no other slice.
final class Traffic {

    private static final int LONG_LIVED_PERCENT = 33;
    private static final int HARD_LONG_LIVED_PERCENT = 15;

    /// Records a long-lived connection gives in one window, on average.
    private static final int RECORDS_PER_CONVERSATION = 3;

    private static final int SHORT = 21;
    private static final int SLOT = 22;
    private static final int SLOT_VOLUME = 23;

    private static final ServiceProfile[] INBOUND = {
        ServiceProfile.web(443),
        ServiceProfile.web(80),
        ServiceProfile.quic(),
        ServiceProfile.web(8443),
        ServiceProfile.web(8080)
    };
    private static final WeightedChoice INBOUND_CHOICE = WeightedChoice.of(68, 17, 8, 4, 3);

    private static final ServiceProfile[] APP_PORTS = {
        ServiceProfile.chatty(8080),
        ServiceProfile.chatty(8443),
        ServiceProfile.chatty(9090),
        ServiceProfile.chatty(50051),
        ServiceProfile.web(3000)
    };
    private static final WeightedChoice APP_CHOICE = WeightedChoice.of(50, 18, 10, 15, 7);
    private static final ServiceProfile[] DATABASE_PORTS = {
        ServiceProfile.bulk(5432), ServiceProfile.bulk(3306), ServiceProfile.bulk(1433)
    };
    private static final ServiceProfile[] CACHE_PORTS = {
        ServiceProfile.chatty(6379), ServiceProfile.chatty(11211), ServiceProfile.bulk(9092)
    };
    private static final ServiceProfile[] NODE_PORTS = {
        ServiceProfile.chatty(10250), ServiceProfile.web(9100), ServiceProfile.chatty(15017)
    };
    private static final ServiceProfile[] OUTBOUND = {
        ServiceProfile.web(443), ServiceProfile.web(80), ServiceProfile.bulk(443),
        ServiceProfile.chatty(587), ServiceProfile.chatty(8883), ServiceProfile.bulk(22)
    };
    private static final WeightedChoice OUTBOUND_CHOICE = WeightedChoice.of(70, 10, 12, 3, 3, 2);
    private static final ServiceProfile STORAGE = ServiceProfile.bulk(443);
    private static final ServiceProfile ENDPOINT = ServiceProfile.web(443);
    private static final ServiceProfile DNS = ServiceProfile.dns();
    private static final ServiceProfile NTP = ServiceProfile.ntp();
    private static final ServiceProfile PING = ServiceProfile.ping();
    private static final ServiceProfile SSH = ServiceProfile.ssh();

    private static final int[] SCANNED_PORTS = {
        22, 23, 3389, 445, 80, 8080, 443, 5900, 6379, 1433, 3306, 5432, 2375, 8443, 25, 21, 9200,
        27017, 11211, 5060, 5555, 37215, 8888, 2323, 7547, 10001, 1883, 5985, 9090, 50051
    };
    private static final WeightedChoice SCANNED = WeightedChoice.zipf(SCANNED_PORTS.length, 0.7);

    /// Traffic of the hours of a day (UTC), in percent of the mean.
    private static final int[] HOUR_PERCENT = {
        72, 66, 62, 60, 62, 68, 78, 90, 102, 114, 122, 126, 128, 130, 132, 131, 128, 124, 118, 112,
        106, 98, 88, 83
    };

    private static final int INBOUND_EVENT = 0;
    private static final int EAST_WEST = 1;
    private static final int NAT_EVENT = 2;
    private static final int DIRECT = 3;
    private static final int GATEWAY_ENDPOINT = 4;
    private static final int INTERFACE_ENDPOINT = 5;
    private static final int PEERING = 6;
    private static final int NAMES_AND_TIME = 7;
    private static final int ECHO = 8;
    private static final int SCAN = 9;
    private static final int REFUSED = 10;
    private static final int SILENCE = 11;
    private static final int SKIPPED = 12;

    /// Weights of short events, chosen so that refused records come to 8-9 % and NODATA to 1.5 %.
    private static final WeightedChoice EVENTS =
            WeightedChoice.of(3000, 2200, 800, 800, 600, 400, 200, 400, 150, 2850, 430, 800, 22);

    /// The harder estate faces outwards: about a third of a record brings a new outside address.
    private static final WeightedChoice HARD_EVENTS =
            WeightedChoice.of(9000, 900, 500, 1500, 300, 150, 100, 300, 100, 3000, 350, 480, 12);

    private static final WeightedChoice LONG_EVENTS =
            WeightedChoice.of(2000, 4200, 800, 700, 500, 300, 400);

    final Estate estate;
    private final OutsideWorld outside;
    private final GeneratorOptions options;

    private final NetworkInterface[] front;
    private final NetworkInterface[] exposed;
    private final NetworkInterface[] workers;

    /// Those in private subnets that call out.
    private final NetworkInterface[] inner;

    /// All that have an interface id.
    private final NetworkInterface[] zonal;

    private final WeightedChoice events;
    private final int longLivedPercent;
    private final WeightedChoice frontChoice;
    private final WeightedChoice exposedChoice;
    private final WeightedChoice workerChoice;
    private final WeightedChoice innerChoice;

    Traffic(GeneratorOptions options) {
        this.options = options;
        estate = new Estate(options.seed());
        boolean hard = options.estate() == EstatePreset.HARD;
        outside = new OutsideWorld(options.seed(), hard);
        events = hard ? HARD_EVENTS : EVENTS;
        longLivedPercent = hard ? HARD_LONG_LIVED_PERCENT : LONG_LIVED_PERCENT;
        front = select(1, Role.WEB, Role.BALANCER);
        exposed = select(2, Role.WEB, Role.BALANCER, Role.BASTION, Role.NAT);
        workers = select(3, Role.WEB, Role.BALANCER, Role.APP, Role.NODE, Role.TASK);
        inner = select(4, Role.APP, Role.NODE, Role.TASK);
        zonal = select(5, EnumSet.complementOf(EnumSet.of(Role.REGIONAL_NAT)));
        frontChoice = WeightedChoice.zipf(front.length, 0.9);
        exposedChoice = WeightedChoice.zipf(exposed.length, 0.5);
        workerChoice = WeightedChoice.zipf(workers.length, 0.75);
        innerChoice = WeightedChoice.zipf(inner.length, 0.75);
    }

    private NetworkInterface[] select(int key, Role first, Role... rest) {
        return select(key, EnumSet.of(first, rest));
    }

    private NetworkInterface[] select(int key, Set<Role> roles) {
        List<NetworkInterface> chosen = new ArrayList<>();
        for (NetworkInterface eni : estate.interfaces()) {
            if (roles.contains(eni.role)) {
                chosen.add(eni);
            }
        }
        SeededRandom random = SeededRandom.of(options.seed(), 20, key, 0);
        for (int i = chosen.size() - 1; i > 0; i--) {
            int other = random.below(i + 1);
            NetworkInterface swap = chosen.get(i);
            chosen.set(i, chosen.get(other));
            chosen.set(other, swap);
        }
        return chosen.toArray(new NetworkInterface[0]);
    }

    /// How many records a window gets: the day's curve, and now and then a burst.
    long recordsInWindow(long window) {
        long second = options.startEpochSecond() + window * options.aggregationSeconds();
        SeededRandom random = SeededRandom.of(options.seed(), 24, window, 0);
        long percent = HOUR_PERCENT[(int) (second / 3600 % 24)];
        percent = percent * random.between(88, 112) / 100;
        if (random.chance(30)) {
            percent = percent * random.between(120, 220) / 100;
        }
        long mean = (long) options.recordsPerSecond() * options.aggregationSeconds();
        return Math.max(1, mean * percent / 100);
    }

    /// Generates one slice: exactly `slice.records()` lines, in mixed order.
    Lines generate(Slice slice, LogFormat format) {
        LineBuffer buffer = new LineBuffer(format, slice.records());
        Session session = new Session(slice, buffer);
        session.longLived();
        while (buffer.count() < slice.records()) {
            session.shortEvent();
        }
        SeededRandom random = SeededRandom.of(options.seed(), 25, slice.window(), slice.part());
        int[] order = new int[buffer.count()];
        for (int i = 0; i < order.length; i++) {
            int other = random.below(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return new Lines(buffer, order, slice.records());
    }

    /// The generation of one slice. Not thread-safe.
    private final class Session {
        private final Slice slice;
        private final LineBuffer buffer;
        private final Conversation talk;

        /// Decides who talks; the same in each window of a long-lived connection.
        private SeededRandom who;

        /// Decides how much and when.
        private SeededRandom how;

        /// TCP flags of the two sides: what part of a connection the window holds.
        private int lifecycle;

        private static final int WHOLE = 0;
        private static final int FIRST = 1;
        private static final int MIDDLE = 2;
        private static final int LAST = 3;

        Session(Slice slice, LineBuffer buffer) {
            this.slice = slice;
            this.buffer = buffer;
            who = SeededRandom.of(options.seed(), SHORT, slice.window(), slice.part());
            how = who;
            talk = new Conversation(buffer, front[0]);
        }

        void longLived() {
            SeededRandom ownWho = who;
            long records = recordsInWindow(slice.window());
            long slots = records * longLivedPercent / 100 / RECORDS_PER_CONVERSATION;
            int most = slice.records() / 2;
            for (long slot = slice.part();
                    slot < slots && buffer.count() < most;
                    slot += slice.parts()) {
                SeededRandom slotRandom = SeededRandom.of(options.seed(), SLOT, slot, -1);
                int life = 2 + slotRandom.below(6) * slotRandom.below(9);
                long at = slice.window() + slotRandom.below(life);
                long age = at % life;
                lifecycle = age == 0 ? FIRST : age == life - 1 ? LAST : MIDDLE;
                who = SeededRandom.of(options.seed(), SLOT, slot, at / life);
                how = SeededRandom.of(options.seed(), SLOT_VOLUME, slot, slice.window());
                event(LONG_EVENTS.pick(who));
            }
            who = ownWho;
            how = ownWho;
            lifecycle = WHOLE;
        }

        void shortEvent() {
            int event = events.pick(who);
            event(event);
            if (event == INBOUND_EVENT && how.chance(4)) {
                burst();
            }
        }

        private void event(int event) {
            talk.reset();
            times();
            switch (event) {
                case INBOUND_EVENT -> inbound(outside.client(who, false), false);
                case EAST_WEST -> eastWest();
                case NAT_EVENT -> throughNat();
                case DIRECT -> direct();
                case GATEWAY_ENDPOINT -> gatewayEndpoint();
                case INTERFACE_ENDPOINT -> interfaceEndpoint();
                case PEERING -> peering();
                case NAMES_AND_TIME -> namesAndTime();
                case ECHO -> echo();
                case SCAN -> scan();
                case REFUSED -> refused();
                case SILENCE -> silence(Ascii.NODATA);
                case SKIPPED -> silence(Ascii.SKIPDATA);
                default -> throw new IllegalStateException("no event " + event);
            }
        }

        /// One client opens many connections at once.
        private void burst() {
            byte[] client = outside.client(who, false);
            for (int i = how.between(10, 60); i > 0; i--) {
                talk.reset();
                times();
                inbound(client, true);
            }
        }

        private void times() {
            int span = options.aggregationSeconds();
            long base = options.startEpochSecond() + slice.window() * span;
            if (how.chance(550)) {
                // Busy interfaces: the record covers the window.
                int late = how.below(6);
                talk.startSecond = base + late;
                talk.durationSeconds = Math.max(0, span - 1 - late - how.below(8));
            } else {
                int late = how.below(span);
                talk.startSecond = base + late;
                talk.durationSeconds = how.chance(80) ? 0 : how.below(span - late);
            }
        }

        private void volumes(ServiceProfile profile) {
            talk.protocol = profile.protocol();
            boolean tcp = profile.protocol() == 6;
            long asked = profile.packets().draw(how);
            if (tcp && lifecycle == WHOLE) {
                asked = Math.max(4, asked);
            }
            int percent = how.between(profile.answerPercentLow(), profile.answerPercentHigh());
            long answered = Math.max(1, asked * percent / 100);
            talk.clientPackets = asked;
            talk.clientBytes = size(asked, profile.askLow(), profile.askHigh());
            talk.serverPackets = answered;
            talk.serverBytes = size(answered, profile.answerLow(), profile.answerHigh());
            if (tcp) {
                flags();
            }
        }

        /// Bytes of so many packets: an average between the bounds, to 1/256 byte.
        private long size(long packets, int low, int high) {
            if (low == high) {
                return packets * low;
            }
            int average256 = how.between(low << 8, high << 8);
            return Math.max(packets * 40, (packets * average256) >>> 8);
        }

        private void flags() {
            switch (lifecycle) {
                case FIRST -> {
                    talk.clientFlags = 2;
                    talk.serverFlags = 18;
                }
                case MIDDLE -> {
                    talk.clientFlags = 0;
                    talk.serverFlags = 0;
                }
                case LAST -> {
                    talk.clientFlags = 1;
                    talk.serverFlags = how.chance(100) ? 4 : 1;
                }
                default -> {
                    boolean reset = how.chance(60);
                    talk.clientFlags = reset ? 7 : 3;
                    talk.serverFlags = reset && how.chance(500) ? 22 : 19;
                }
            }
        }

        private void inbound(byte[] client4, boolean fixedFamily) {
            NetworkInterface eni = front[frontChoice.pick(who)];
            ServiceProfile profile = INBOUND[INBOUND_CHOICE.pick(who)];
            boolean v6 = !fixedFamily && eni.hasIpv6() && who.chance(200);
            byte[] client = v6 ? outside.client(who, true) : client4;
            int port = who.between(1024, 65535);
            talk.v6 = v6;
            volumes(profile);
            talk.encryption = profile.port() == 443 ? 2 : 0;
            talk.observe(
                    eni,
                    FlowEnd.of(eni, v6, profile.port()),
                    FlowEnd.outside(client, port, Ascii.DASH),
                    false,
                    8);
        }

        private void eastWest() {
            NetworkInterface client = workers[workerChoice.pick(who)];
            int kind = who.below(100);
            Role role =
                    kind < 40
                            ? Role.APP
                            : kind < 62
                                    ? Role.DATABASE
                                    : kind < 77
                                            ? Role.CACHE
                                            : kind < 92 ? Role.NODE : Role.RESOLVER;
            NetworkInterface[] servers = estate.members(client.vpc, role);
            NetworkInterface server = usual(client, servers);
            if (server == client) {
                server = estate.members(client.vpc, Role.RESOLVER)[0];
                role = Role.RESOLVER;
            }
            ServiceProfile profile = profile(role, server);
            boolean v6 = client.hasIpv6() && server.hasIpv6() && who.chance(60);
            talk.v6 = v6;
            volumes(profile);
            talk.encryption = who.chance(700) ? 1 : 0;
            between(client, server, profile, v6, 1);
        }

        /// A client's few usual servers, the first of them most often.
        private NetworkInterface usual(NetworkInterface client, NetworkInterface[] servers) {
            int one = who.below(6);
            int two = who.below(6);
            int rank = Math.min(one, two);
            long key = client.phaseSeconds * 31L + client.interfaceId[6] * 7L + rank;
            return servers[(int) Long.remainderUnsigned(SeededRandom.mix(key), servers.length)];
        }

        private ServiceProfile profile(Role role, NetworkInterface server) {
            return switch (role) {
                case DATABASE -> DATABASE_PORTS[server.phaseSeconds % DATABASE_PORTS.length];
                case CACHE -> CACHE_PORTS[server.phaseSeconds % CACHE_PORTS.length];
                case NODE -> NODE_PORTS[who.below(NODE_PORTS.length)];
                case RESOLVER -> DNS;
                default -> APP_PORTS[APP_CHOICE.pick(who)];
            };
        }

        /// Both interfaces see the conversation: four records.
        private void between(
                NetworkInterface client,
                NetworkInterface server,
                ServiceProfile profile,
                boolean v6,
                int path) {
            boolean ported = profile.port() != 0;
            FlowEnd far = FlowEnd.of(server, v6, profile.port());
            FlowEnd near = local(client, v6, ported ? client.ephemeral(who) : 0);
            // Seen from the server, a pod has its own address.
            FlowEnd nearFromFar =
                    new FlowEnd(
                            near.packetAddress(),
                            near.packetAddress(),
                            near.port(),
                            Ascii.DASH,
                            client);
            talk.observe(client, near, far, true, localZone(client) ? 6 : path);
            talk.observe(server, far, nearFromFar, false, path);
        }

        private FlowEnd local(NetworkInterface eni, boolean v6, int port) {
            if (!v6 && eni.pods.length > 0 && who.chance(700)) {
                byte[] pod = eni.pods[who.below(eni.pods.length)];
                return new FlowEnd(eni.ipv4, pod, port, Ascii.DASH, eni);
            }
            return FlowEnd.of(eni, v6, port);
        }

        private static boolean localZone(NetworkInterface eni) {
            return eni.sublocationType[0] != '-';
        }

        private void throughNat() {
            NetworkInterface client = inner[innerChoice.pick(who)];
            ServiceProfile profile = OUTBOUND[OUTBOUND_CHOICE.pick(who)];
            FlowEnd site = outsideSite(profile.port(), false);
            volumes(profile);
            talk.encryption = profile.port() == 443 ? 2 : 0;
            NetworkInterface[] gateways = estate.members(client.vpc, Role.NAT);
            if (gateways.length == 0) {
                regionalNat(client, site);
                return;
            }
            NetworkInterface nat = gateways[client.phaseSeconds % gateways.length];
            FlowEnd inside = local(client, false, client.ephemeral(who));
            talk.observe(client, inside, withHop(site, nat), true, localZone(client) ? 6 : 1);
            FlowEnd instance = FlowEnd.of(client, false, inside.port());
            FlowEnd natInside =
                    new FlowEnd(nat.ipv4, site.address(), site.port(), site.service(), nat);
            talk.observe(nat, natInside, instance, false, 1);
            talk.observe(nat, FlowEnd.of(nat, false, nat.ephemeral(who)), site, true, 8);
        }

        private void regionalNat(NetworkInterface client, FlowEnd site) {
            NetworkInterface nat = estate.members(client.vpc, Role.REGIONAL_NAT)[0];
            FlowEnd inside = FlowEnd.of(client, false, client.ephemeral(who));
            talk.observe(client, inside, withHop(site, nat), true, 1);
            talk.observe(nat, site, inside, false, 1);
            byte[] address = estate.publicAddress(nat);
            FlowEnd outer = new FlowEnd(address, address, nat.ephemeral(who), Ascii.of("EC2"), nat);
            talk.observe(nat, outer, site, true, 8);
        }

        private static FlowEnd withHop(FlowEnd end, NetworkInterface hop) {
            return new FlowEnd(end.address(), end.packetAddress(), end.port(), end.service(), hop);
        }

        /// A destination on the internet; a third of them are AWS's own.
        private FlowEnd outsideSite(int port, boolean v6) {
            int kind = who.below(100);
            if (v6 || kind < 62) {
                return FlowEnd.outside(outside.site(who, v6), port, Ascii.DASH);
            }
            OutsideWorld.Pool pool = kind < 74 ? outside.s3 : outside.service(who);
            return FlowEnd.outside(pool.pick(who), port, pool.service);
        }

        private void direct() {
            NetworkInterface client = exposed[exposedChoice.pick(who)];
            ServiceProfile profile = OUTBOUND[OUTBOUND_CHOICE.pick(who)];
            boolean v6 = client.hasIpv6() && who.chance(250);
            talk.v6 = v6;
            volumes(profile);
            talk.encryption = profile.port() == 443 ? 2 : 0;
            FlowEnd site = outsideSite(profile.port(), v6);
            talk.observe(client, FlowEnd.of(client, v6, client.ephemeral(who)), site, true, 8);
        }

        private void gatewayEndpoint() {
            NetworkInterface client = workers[workerChoice.pick(who)];
            OutsideWorld.Pool pool = who.chance(700) ? outside.s3 : outside.dynamo;
            volumes(STORAGE);
            talk.encryption = 2;
            talk.observe(
                    client,
                    local(client, false, client.ephemeral(who)),
                    FlowEnd.outside(pool.pick(who), 443, pool.service),
                    true,
                    7);
        }

        private void interfaceEndpoint() {
            NetworkInterface client = workers[workerChoice.pick(who)];
            NetworkInterface[] endpoints = estate.members(client.vpc, Role.ENDPOINT);
            volumes(ENDPOINT);
            talk.encryption = 3;
            between(client, endpoints[who.below(endpoints.length)], ENDPOINT, false, 1);
        }

        private void peering() {
            NetworkInterface client = workers[workerChoice.pick(who)];
            int peer = estate.peerOf(client.vpc, who);
            if (peer < 0) {
                eastWest();
                return;
            }
            NetworkInterface server = usual(client, estate.members(peer, Role.APP));
            ServiceProfile profile = APP_PORTS[APP_CHOICE.pick(who)];
            volumes(profile);
            between(client, server, profile, false, Estate.peeringPath(client, server));
        }

        private void namesAndTime() {
            NetworkInterface client = zonal[who.below(zonal.length)];
            boolean time = who.chance(450);
            ServiceProfile profile = time ? NTP : DNS;
            byte[] server = time ? outside.timeServers.pick(who) : outside.nameServers.pick(who);
            volumes(profile);
            if (how.chance(30)) {
                talk.serverPackets = 0; // no answer came
            }
            talk.observe(
                    client,
                    FlowEnd.of(client, false, client.ephemeral(who)),
                    FlowEnd.outside(server, profile.port(), Ascii.DASH),
                    true,
                    client.role.facesInternet() ? 8 : 1);
        }

        private void echo() {
            NetworkInterface from = workers[workerChoice.pick(who)];
            NetworkInterface[] others = estate.members(from.vpc, Role.WEB);
            NetworkInterface to = others[who.below(others.length)];
            if (to == from) {
                to = estate.members(from.vpc, Role.RESOLVER)[0];
            }
            boolean v6 = from.hasIpv6() && who.chance(300);
            volumes(PING);
            talk.v6 = v6;
            talk.protocol = v6 ? 58 : 1;
            if (v6) {
                talk.clientBytes = talk.clientPackets * 104;
                talk.serverBytes = talk.serverPackets * 104;
            }
            between(from, to, PING, v6, 1);
        }

        /// Mostly single probes; now and then one source walks over ports or hosts.
        private void scan() {
            byte[] source = outside.scanner(who);
            NetworkInterface target = exposed[exposedChoice.pick(who)];
            probe(source, target, scannedPort());
            if (!how.chance(6)) {
                return;
            }
            boolean vertical = how.chance(500);
            int port = scannedPort();
            for (int i = how.between(20, 120); i > 0; i--) {
                times();
                probe(
                        source,
                        vertical ? target : exposed[who.below(exposed.length)],
                        vertical ? who.between(1, 65535) : port);
            }
        }

        private int scannedPort() {
            return who.chance(600) ? SCANNED_PORTS[SCANNED.pick(who)] : who.between(1, 65535);
        }

        private void probe(byte[] source, NetworkInterface target, int port) {
            boolean udp = how.chance(90);
            talk.protocol = udp ? 17 : 6;
            talk.clientPackets = how.chance(90) ? how.between(2, 4) : 1;
            int size = udp ? how.between(29, 128) : probeSize();
            talk.clientBytes = talk.clientPackets * size;
            talk.clientFlags = udp ? 0 : how.chance(940) ? 2 : how.chance(900) ? 0 : -1;
            talk.serverPackets = 0;
            talk.clientRejected = true;
            if (target.vpc == 4 && how.chance(150)) {
                // VPC Block Public Access drops it before bytes are counted.
                talk.rejectReason = Ascii.of("BPA");
                talk.clientBytes = -1;
            }
            talk.observe(
                    target,
                    FlowEnd.of(target, false, port),
                    FlowEnd.outside(source, who.between(1024, 65535), Ascii.DASH),
                    false,
                    8);
        }

        private int probeSize() {
            int kind = how.below(100);
            return kind < 62 ? 40 : kind < 92 ? 44 : kind < 97 ? 60 : 52;
        }

        /// Refused for other reasons: a closed port inside, a NACL on the way back, or packets
        /// after the connection closed.
        private void refused() {
            int kind = who.below(100);
            if (kind < 40) {
                closedPort();
            } else if (kind < 55) {
                blockedAnswer();
            } else {
                lateInbound();
            }
        }

        private void closedPort() {
            NetworkInterface client = workers[workerChoice.pick(who)];
            NetworkInterface server = usual(client, estate.members(client.vpc, Role.DATABASE));
            int port = SCANNED_PORTS[SCANNED.pick(who)];
            FlowEnd near = FlowEnd.of(client, false, client.ephemeral(who));
            FlowEnd far = FlowEnd.of(server, false, port);
            talk.protocol = 6;
            talk.clientPackets = how.between(1, 5);
            talk.clientBytes = talk.clientPackets * 60;
            talk.clientFlags = 2;
            talk.serverPackets = 0;
            talk.observe(client, near, far, true, 1);
            talk.clientRejected = true;
            talk.observe(server, far, near, false, 1);
        }

        private void blockedAnswer() {
            NetworkInterface eni = exposed[exposedChoice.pick(who)];
            volumes(who.chance(500) ? PING : SSH);
            boolean ping = talk.protocol == 1;
            talk.serverRejected = true;
            talk.observe(
                    eni,
                    FlowEnd.of(eni, false, ping ? 0 : 22),
                    FlowEnd.outside(
                            outside.client(who, false),
                            ping ? 0 : who.between(1024, 65535),
                            Ascii.DASH),
                    false,
                    8);
        }

        private void lateInbound() {
            NetworkInterface eni = front[frontChoice.pick(who)];
            talk.protocol = 6;
            talk.clientPackets = how.between(1, 3);
            talk.clientBytes = talk.clientPackets * (how.chance(700) ? 40 : 52);
            talk.clientFlags = how.chance(500) ? 4 : how.chance(500) ? 1 : 0;
            talk.serverPackets = 0;
            talk.clientRejected = true;
            talk.observe(
                    eni,
                    FlowEnd.of(eni, false, 443),
                    FlowEnd.outside(
                            outside.client(who, false), who.between(1024, 65535), Ascii.DASH),
                    false,
                    8);
        }

        private void silence(byte[] status) {
            NetworkInterface eni = zonal[who.below(zonal.length)];
            int span = options.aggregationSeconds();
            talk.startSecond = options.startEpochSecond() + slice.window() * span;
            talk.durationSeconds = span - how.between(1, 3);
            talk.writeWithoutTraffic(eni, status);
        }
    }
}
