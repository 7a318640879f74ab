// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

import java.util.List;

/// What a reader of an answer should know. Immutable.
///
/// @param title a few words
/// @param theme the heading that the question stands under, one word
/// @param question the question in one sentence
/// @param means what an answer means
/// @param not what it does not mean
/// @param mitre techniques of MITRE ATT&CK that it looks for, as `T1046`; often none
public record Guide(
        String title, String theme, String question, String means, String not, List<String> mitre) {
    /// Keeps a copy of the list.
    public Guide {
        mitre = List.copyOf(mitre);
    }
}
