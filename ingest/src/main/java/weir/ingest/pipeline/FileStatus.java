// SPDX-License-Identifier: Apache-2.0
package weir.ingest.pipeline;

/// What became of a file.
public enum FileStatus {
    /// Read to its end.
    OK("ok", true),
    /// No line in it, or only blank ones and comments.
    EMPTY("empty", true),
    /// It ends early; the whole lines before that were taken.
    TRUNCATED("truncated", true),
    /// Its packed bytes contradict themselves; the whole lines before that were taken.
    DAMAGED("damaged", true),
    /// Its content was taken already, under this name or another.
    DUPLICATE("duplicate", true),
    /// It was collected under this name with other content; nothing more was taken, and the ledger
    /// keeps what it said.
    CHANGED("changed", false),
    /// It could not be read; nothing was taken, and it is tried again next time.
    FAILED("failed", false),
    /// It is something else; it is looked at again next time.
    NOT_A_FLOW_LOG("not a flow log", false);

    private final String text;
    private final boolean isSettled;

    FileStatus(String text, boolean isSettled) {
        this.text = text;
        this.isSettled = isSettled;
    }

    /// Whether the text was not read to the end it should have.
    boolean isBroken() {
        return this == TRUNCATED || this == DAMAGED;
    }

    /// Whether rows may have been taken.
    boolean isTaken() {
        return this == OK || this == EMPTY || isBroken();
    }

    /// How the ledger spells it.
    public String text() {
        return text;
    }

    /// Whether an unchanged file need not be looked at again.
    public boolean isSettled() {
        return isSettled;
    }

    /// The status that the ledger spells so; [#FAILED] for what a newer Weir wrote, so that the
    /// file is looked at again.
    static FileStatus ofText(String text) {
        for (FileStatus status : values()) {
            if (status.text.equals(text)) {
                return status;
            }
        }
        return FAILED;
    }
}
