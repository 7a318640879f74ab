// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

/// The exit codes of the process. Scripts rely on them.
final class ExitCode {
    /// What was asked is done.
    static final int DONE = 0;

    /// The work failed: bad SQL, a damaged store, nothing readable.
    static final int FAILED = 1;

    /// The command line makes no sense.
    static final int USAGE = 2;

    /// Done, but some input was rejected and `--strict` was given.
    static final int REJECTED = 3;

    private ExitCode() {}
}
