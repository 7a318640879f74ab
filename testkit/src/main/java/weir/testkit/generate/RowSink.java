// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

/// Takes records one by one; the row is reused after the call.
@FunctionalInterface
interface RowSink {
    void accept(FlowRow row);
}
