// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

/// Who logs: one flow log of an account in a region.
///
/// @param account 12 digits
/// @param region such as `us-east-1`
/// @param flowLogId such as `fl-0123456789abcdef0`
record Subscription(String account, String region, String flowLogId) {}
