// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

/// The folders below the bucket in which AWS files flow logs.
public enum BucketLayout {
    /// `AWSLogs/{account}/vpcflowlogs/{region}/{yyyy}/{MM}/{dd}/`.
    DAILY,
    /// As [#DAILY] with a folder for the hour.
    HOURLY,
    /// `AWSLogs/aws-account-id={a}/aws-service=vpcflowlogs/aws-region={r}/year=/month=/day=/`.
    HIVE_DAILY,
    /// As [#HIVE_DAILY] with `hour=`.
    HIVE_HOURLY
}
