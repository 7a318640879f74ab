// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.util.List;
import java.util.function.Predicate;

/// What was found for the inputs a user named.
///
/// @param files what can be read, in the order of the inputs, and by path within a directory
/// @param unusable what cannot, each with its reason
/// @param hiddenFiles how many files and directories were left out because their name begins with a
///   dot
/// @param repeatedFiles how many files were named more than once
/// @param outsideFolders how many folders were not looked into, because what they hold is not
///   wanted
/// @param outsideFiles how many files were named that lie in such folders
public record FoundInputs(
        List<InputFile> files,
        List<Unusable> unusable,
        int hiddenFiles,
        int repeatedFiles,
        int outsideFolders,
        int outsideFiles) {

    /// An input that cannot be read.
    ///
    /// @param name as the user named it, or found below what the user named
    /// @param reason why, in words
    public record Unusable(String name, String reason) {}

    /// Just this file.
    public static FoundInputs of(InputFile file) {
        return new FoundInputs(List.of(file), List.of(), 0, 0, 0, 0);
    }

    /// Bytes of all files together.
    public long sizeBytes() {
        return files.stream().mapToLong(InputFile::sizeBytes).sum();
    }

    /// These inputs, but only those files that `wanted` says yes to.
    public FoundInputs filtered(Predicate<InputFile> wanted) {
        return new FoundInputs(
                files.stream().filter(wanted).toList(),
                unusable,
                hiddenFiles,
                repeatedFiles,
                outsideFolders,
                outsideFiles);
    }
}
