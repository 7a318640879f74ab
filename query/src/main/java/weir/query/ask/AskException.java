// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

/// A question cannot be asked, in words for whoever asked it.
public final class AskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What is the matter.
    public enum Reason {
        /// There is no question or no parameter of that name.
        UNKNOWN_NAME,
        /// A value is none of its parameter's type, or is missing.
        BAD_VALUE,
        /// A file or folder of questions cannot be read.
        BAD_FILE,
        /// The store lacks what the question needs.
        LACKING
    }

    private final Reason reason;

    AskException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    AskException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// What is the matter.
    public Reason reason() {
        return reason;
    }
}
