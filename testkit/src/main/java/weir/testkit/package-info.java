// SPDX-License-Identifier: Apache-2.0

/// What tests, examples and benchmarks share: generated flow logs, a slow reference to compare
/// answers with, damaged files, and replayable seeds.
///
/// **Rule:** nothing here uses the code under test. The testkit depends on the JDK alone, so that a
/// fault in the product can not hide in both the answer and its check.
@NullMarked
package weir.testkit;

import org.jspecify.annotations.NullMarked;
