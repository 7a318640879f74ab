// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.util.List;

/// One interface and all that AWS's records say of it, ready as bytes. Immutable once built.
final class NetworkInterface {

    final Role role;

    /// Which subscription (account and region) logs it.
    final int subscription;

    /// Index of its VPC within the estate.
    final int vpc;

    /// Offset of its aggregation windows, in seconds of a 60 s window.
    final int phaseSeconds;

    final byte[] account;
    final byte[] interfaceId;
    final byte[] vpcId;
    final byte[] subnetId;
    final byte[] instanceId;
    final byte[] region;
    final byte[] azId;
    final byte[] sublocationType;
    final byte[] sublocationId;

    /// Primary private IPv4.
    final byte[] ipv4;

    /// IPv6, or `-` when the subnet has none.
    final byte[] ipv6;

    /// Addresses of pods behind the interface; empty for all but nodes.
    final byte[][] pods;

    /// The ten ECS fields in AWS's order; all `-` for all but tasks.
    final byte[][] ecs;

    final byte[] resourceId;
    final byte[] interfaceType;

    /// instance-tag, instance-tag-2, interface-tag, interface-tag-2, asg-tag, asg-tag-2.
    final byte[][] tags;

    /// First and last ephemeral port of the operating system.
    final int firstEphemeral;

    final int lastEphemeral;

    private NetworkInterface(Builder b) {
        role = b.role;
        subscription = b.subscription;
        vpc = b.vpc;
        phaseSeconds = b.phaseSeconds;
        account = Ascii.of(b.account);
        interfaceId = Ascii.of(b.interfaceId);
        vpcId = Ascii.of(b.vpcId);
        subnetId = Ascii.of(b.subnetId);
        instanceId = Ascii.of(b.instanceId);
        region = Ascii.of(b.region);
        azId = Ascii.of(b.azId);
        sublocationType = Ascii.of(b.sublocationType);
        sublocationId = Ascii.of(b.sublocationId);
        ipv4 = Ascii.of(b.ipv4);
        ipv6 = Ascii.of(b.ipv6);
        pods = bytes(b.pods);
        ecs = bytes(b.ecs);
        resourceId = Ascii.of(b.resourceId);
        interfaceType = Ascii.of(b.interfaceType);
        tags = bytes(b.tags);
        firstEphemeral = b.firstEphemeral;
        lastEphemeral = b.lastEphemeral;
    }

    private static byte[][] bytes(List<String> texts) {
        return texts.stream().map(Ascii::of).toArray(byte[][]::new);
    }

    boolean hasIpv6() {
        return ipv6[0] != '-';
    }

    byte[] address(boolean v6) {
        return v6 ? ipv6 : ipv4;
    }

    int ephemeral(SeededRandom random) {
        return random.between(firstEphemeral, lastEphemeral);
    }

    /// Collects the texts; whatever is not set is `-`.
    static final class Builder {
        Role role = Role.APP;
        int subscription;
        int vpc;
        int phaseSeconds;
        String account = "-";
        String interfaceId = "-";
        String vpcId = "-";
        String subnetId = "-";
        String instanceId = "-";
        String region = "-";
        String azId = "-";
        String sublocationType = "-";
        String sublocationId = "-";
        String ipv4 = "-";
        String ipv6 = "-";
        List<String> pods = List.of();
        List<String> ecs = List.of("-", "-", "-", "-", "-", "-", "-", "-", "-", "-");
        String resourceId = "-";
        String interfaceType = "-";
        List<String> tags = List.of("-", "-", "-", "-", "-", "-");
        int firstEphemeral = 32768;
        int lastEphemeral = 60999;

        NetworkInterface build() {
            return new NetworkInterface(this);
        }
    }
}
