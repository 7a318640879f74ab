// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

/// A question cannot be asked, in words for whoever asked it: there is none of that name, a value
/// is none of its parameter's type, a file of questions is wrong, or a store lacks what it needs.
public final class AskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AskException(String message) {
        super(message);
    }

    AskException(String message, Throwable cause) {
        super(message, cause);
    }
}
