// SPDX-License-Identifier: Apache-2.0
package weir.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import weir.cli.command.CommandRunner;
import weir.cli.terminal.Terminal;

/// A command that ran in this process, seen from outside.
///
/// @param code its exit code
/// @param outBytes what it wrote to standard output
/// @param err what it wrote to standard error
record CommandRun(int code, byte[] outBytes, String err) {

    /// Runs a command whose streams are no terminals.
    static CommandRun of(Object... arguments) {
        return withInput("", arguments);
    }

    /// The same with `input` as standard input.
    static CommandRun withInput(String input, Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        false);
        int code =
                CommandRunner.run(
                        List.of(arguments).stream().map(Object::toString).toArray(String[]::new),
                        terminal);
        return new CommandRun(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    /// Standard output as text.
    String out() {
        return new String(outBytes, StandardCharsets.UTF_8);
    }

    /// This run, when it ended with `expected`.
    CommandRun ended(int expected) {
        if (code != expected) {
            throw new AssertionError(
                    "exit code " + code + ", not " + expected + "; it said: " + err);
        }
        return this;
    }
}
