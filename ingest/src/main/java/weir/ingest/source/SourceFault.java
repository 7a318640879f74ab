// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

/// What is wrong with a text whose beginning could be read.
///
/// @param kind what kind of fault
/// @param reason what exactly, in words
public record SourceFault(Kind kind, String reason) {
    /// The kinds.
    public enum Kind {
        /// The text ends before it should; a line without an end is not to be trusted.
        TRUNCATED,
        /// The packed bytes contradict themselves; what follows is lost.
        DAMAGED,
        /// All text came, with something to mention.
        NOTED
    }
}
