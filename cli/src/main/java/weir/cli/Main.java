// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import weir.cli.command.CommandRunner;
import weir.cli.terminal.Terminal;

/// The entry point of the process.
public final class Main {
    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(CommandRunner.run(args, Terminal.ofProcess()));
    }
}
