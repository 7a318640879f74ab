// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.util.Arrays;
import weir.testkit.record.LogField;
import weir.testkit.record.LogFormat;

/// Records as lines of text in one growing array. Not thread-safe.
final class LineBuffer implements RowSink {

    /// Longest line: 54 fields, the ECS names and ARNs below 100 bytes each, tags below 40.
    private static final int MAX_LINE_BYTES = 4096;

    private final LogField[] fields;
    private final int version;
    private byte[] text;
    private int size;
    private int[] ends = new int[1024];
    private int[] subscriptions = new int[1024];
    private long[] endTimes = new long[1024];
    private int count;

    LineBuffer(LogFormat format, int expectedRecords) {
        fields = format.fields().toArray(new LogField[0]);
        version = format.version();
        text = new byte[Math.max(MAX_LINE_BYTES, expectedRecords * fields.length * 10)];
    }

    int count() {
        return count;
    }

    int lineStart(int line) {
        return line == 0 ? 0 : ends[line - 1];
    }

    int lineEnd(int line) {
        return ends[line];
    }

    int subscription(int line) {
        return subscriptions[line];
    }

    long endTime(int line) {
        return endTimes[line];
    }

    byte[] text() {
        return text;
    }

    @Override
    public void accept(FlowRow row) {
        if (text.length - size < MAX_LINE_BYTES) {
            text = Arrays.copyOf(text, Math.max(size + MAX_LINE_BYTES, size / 2 * 3));
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
            subscriptions = Arrays.copyOf(subscriptions, count * 2);
            endTimes = Arrays.copyOf(endTimes, count * 2);
        }
        for (LogField field : fields) {
            put(field, row);
            text[size++] = ' ';
        }
        text[size - 1] = '\n';
        ends[count] = size;
        subscriptions[count] = row.eni.subscription;
        endTimes[count] = row.end;
        count++;
    }

    private void put(LogField field, FlowRow row) {
        NetworkInterface eni = row.eni;
        switch (field) {
            case VERSION -> number(version);
            case ACCOUNT_ID -> bytes(eni.account);
            case INTERFACE_ID -> bytes(eni.interfaceId);
            case SRCADDR -> bytes(row.srcaddr);
            case DSTADDR -> bytes(row.dstaddr);
            case SRCPORT -> number(row.srcport);
            case DSTPORT -> number(row.dstport);
            case PROTOCOL -> number(row.protocol);
            case PACKETS -> number(row.packets);
            case BYTES -> number(row.bytes);
            case START -> number(row.start);
            case END -> number(row.end);
            case ACTION -> bytes(row.action);
            case LOG_STATUS -> bytes(row.status);
            case VPC_ID -> bytes(eni.vpcId);
            case SUBNET_ID -> bytes(eni.subnetId);
            case INSTANCE_ID -> bytes(eni.instanceId);
            case TCP_FLAGS -> number(row.tcpFlags);
            case TYPE -> bytes(row.type);
            case PKT_SRCADDR -> bytes(row.pktSrcaddr);
            case PKT_DSTADDR -> bytes(row.pktDstaddr);
            case REGION -> bytes(eni.region);
            case AZ_ID -> bytes(eni.azId);
            case SUBLOCATION_TYPE -> bytes(eni.sublocationType);
            case SUBLOCATION_ID -> bytes(eni.sublocationId);
            case PKT_SRC_AWS_SERVICE -> bytes(row.pktSrcService);
            case PKT_DST_AWS_SERVICE -> bytes(row.pktDstService);
            case FLOW_DIRECTION -> bytes(row.direction);
            case TRAFFIC_PATH -> number(row.trafficPath);
            default -> putRare(field, row);
        }
    }

    /// The fields after version 5, apart so that [#put] stays small enough to compile well.
    private void putRare(LogField field, FlowRow row) {
        NetworkInterface eni = row.eni;
        NetworkInterface hop = row.nextHop;
        switch (field) {
            case REJECT_REASON -> bytes(row.rejectReason);
            case RESOURCE_ID -> bytes(eni.resourceId);
            case ENCRYPTION_STATUS -> number(row.encryption);
            case INTERFACE_TYPE -> bytes(eni.interfaceType);
            case NEXT_HOP_INTERFACE_ID -> bytes(hop == null ? Ascii.DASH : hop.interfaceId);
            case NEXT_HOP_SUBNET_ID -> bytes(hop == null ? Ascii.DASH : hop.subnetId);
            case NEXT_HOP_AZ_ID -> bytes(hop == null ? Ascii.DASH : hop.azId);
            case NEXT_HOP_VPC_ID -> bytes(hop == null ? Ascii.DASH : hop.vpcId);
            case NEXT_HOP_INTERFACE_TYPE -> bytes(hop == null ? Ascii.DASH : hop.interfaceType);
            case ECS_CLUSTER_ARN -> bytes(eni.ecs[0]);
            case ECS_CLUSTER_NAME -> bytes(eni.ecs[1]);
            case ECS_CONTAINER_INSTANCE_ARN -> bytes(eni.ecs[2]);
            case ECS_CONTAINER_INSTANCE_ID -> bytes(eni.ecs[3]);
            case ECS_CONTAINER_ID -> bytes(eni.ecs[4]);
            case ECS_SECOND_CONTAINER_ID -> bytes(eni.ecs[5]);
            case ECS_SERVICE_NAME -> bytes(eni.ecs[6]);
            case ECS_TASK_DEFINITION_ARN -> bytes(eni.ecs[7]);
            case ECS_TASK_ARN -> bytes(eni.ecs[8]);
            case ECS_TASK_ID -> bytes(eni.ecs[9]);
            case INSTANCE_TAG -> bytes(eni.tags[0]);
            case INSTANCE_TAG_2 -> bytes(eni.tags[1]);
            case INTERFACE_TAG -> bytes(eni.tags[2]);
            case INTERFACE_TAG_2 -> bytes(eni.tags[3]);
            case ASG_TAG -> bytes(eni.tags[4]);
            case ASG_TAG_2 -> bytes(eni.tags[5]);
            default -> throw new IllegalStateException("no text for " + field);
        }
    }

    private void bytes(byte[] value) {
        System.arraycopy(value, 0, text, size, value.length);
        size += value.length;
    }

    private void number(long value) {
        if (value < 0) {
            text[size++] = '-';
            return;
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        int at = size + digits;
        size = at;
        long rest = value;
        do {
            text[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
    }
}
