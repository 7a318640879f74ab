// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

/// A command cannot do its work, in words for whoever typed it: one line, or a few.
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message);
    }

    CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
