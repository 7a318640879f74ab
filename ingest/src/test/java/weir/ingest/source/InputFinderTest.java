// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.ingest.source.FoundInputs.Unusable;

class InputFinderTest {
    @TempDir Path root;

    private Path write(String name) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, "x");
    }

    private FoundInputs find(String... inputs) {
        return InputFinder.find(List.of(inputs));
    }

    private List<String> names(FoundInputs found) {
        return found.files().stream()
                .map(f -> root.relativize(Path.of(f.name())).toString())
                .toList();
    }

    @Test
    void directoriesAreWalkedSortedAndHiddenNamesCounted() throws IOException {
        write("b/2.log");
        write("b/1.log");
        write("a b=c/ü\nx.log");
        write(".hidden/x");
        write("b/.DS_Store");
        FoundInputs found = find(root.toString());
        assertEquals(List.of("a b=c/ü\nx.log", "b/1.log", "b/2.log"), names(found));
        assertEquals(2, found.hiddenFiles());
        assertEquals(3, found.sizeBytes());
    }

    @Test
    void aDirectoryThatSaysSoIsLeftOutUnlessNamed() throws IOException {
        write("logs/a.log");
        write("context/subnets.csv");
        write("context/.weirignore");
        FoundInputs found = find(root.toString());
        assertEquals(List.of("logs/a.log"), names(found));
        assertEquals(1, found.hiddenFiles());
        assertEquals(List.of("context/subnets.csv"), names(find(root + "/context")));
    }

    @Test
    void aHiddenFileThatIsNamedIsRead() throws IOException {
        assertEquals(1, find(write(".x").toString()).files().size());
    }

    @Test
    void patternsAreExpanded() throws IOException {
        write("2026/01/a.gz");
        write("2026/02/b.gz");
        write("2026/02/c.log");
        assertEquals(List.of("2026/01/a.gz", "2026/02/b.gz"), names(find(root + "/2026/**/*.gz")));
        assertEquals(List.of("2026/02/b.gz", "2026/02/c.log"), names(find(root + "/2026/*2")));
        assertEquals(
                List.of(new Unusable(root + "/*.zip", "matches no file")),
                find(root + "/*.zip").unusable());
    }

    @Test
    void aFileWhoseNameLooksLikeAPatternIsReadAsNamed() throws IOException {
        write("a[1].log");
        assertEquals(List.of("a[1].log"), names(find(root + "/a[1].log")));
    }

    @Test
    void aFileNamedTwiceIsReadOnce() throws IOException {
        Path file = write("a");
        FoundInputs found = find(file.toString(), root.toString(), root + "/./a");
        assertEquals(1, found.files().size());
        assertEquals(2, found.repeatedFiles());
    }

    @Test
    void whatCannotBeReadIsListedWithItsReason() throws IOException {
        Path dangling = Files.createSymbolicLink(root.resolve("dangling"), root.resolve("gone"));
        assertEquals(
                List.of(
                        new Unusable(root + "/none", "does not exist"),
                        new Unusable(
                                dangling.toString(), "is a link to a file that does not exist"),
                        new Unusable(
                                "/dev/null",
                                "is a pipe or a device: pass its text through" + " standard input"),
                        new Unusable("", "is an empty name"),
                        new Unusable("a\0b", "is no path: Nul character not allowed")),
                find(root + "/none", dangling.toString(), "/dev/null", "", "a\0b").unusable());
    }

    @Test
    void linksToFilesAreFollowedAndLoopsAreNot() throws IOException {
        Path real = write("d/a.log");
        Files.createSymbolicLink(root.resolve("d/link.log"), root.relativize(real).getFileName());
        Files.createSymbolicLink(root.resolve("d/loop"), root.resolve("d"));
        FoundInputs found = find(root.toString());
        assertEquals(List.of("d/a.log", "d/link.log"), names(found));
        assertEquals(
                List.of(
                        new Unusable(
                                root + "/d/loop",
                                "is a link to a directory, which is not followed")),
                found.unusable());
    }

    @Test
    void aDirectoryNamedLikeAFileIsWalked() throws IOException {
        write("x.log.gz/inner.log");
        assertEquals(List.of("x.log.gz/inner.log"), names(find(root + "/x.log.gz")));
    }

    @Test
    void aLinkToADirectoryThatIsNamedIsFollowed() throws IOException {
        write("d/a.log");
        write("d/e/b.log");
        Files.createSymbolicLink(root.resolve("link"), root.resolve("d"));
        assertEquals(List.of("link/a.log", "link/e/b.log"), names(find(root + "/link")));
        assertEquals(List.of("link/e/b.log"), names(find(root + "/link/*/*.log")));
    }

    @Test
    void slashesOfAPatternMayBeDouble() throws IOException {
        write("d/a.log");
        assertEquals(List.of("d/a.log"), names(find(root + "//d//*.log")));
        assertEquals(List.of("d/a.log"), names(find(root + "//**//*.log")));
    }

    @Test
    void theStoreIsPassedByWithoutAWord() throws IOException {
        write("a.log");
        write("store/manifest");
        FoundInputs found =
                InputFinder.find(List.of(root.toString()), root.resolve("store"), _ -> true);
        assertEquals(List.of("a.log"), names(found));
        assertEquals(0, found.hiddenFiles());
        assertEquals(List.of(), found.unusable());
    }

    @Test
    void aDashIsStandardInput() {
        FoundInputs found = find("-", "-");
        assertTrue(found.files().getFirst().isStandardInput());
        assertEquals(1, found.repeatedFiles());
    }

    @Test
    void directoriesThatAreNotWantedAreNotEntered(@TempDir Path directory) throws IOException {
        Path old = Files.createDirectories(directory.resolve("logs/2020/01/02"));
        Path inOld = Files.writeString(old.resolve("a"), "x");
        Path kept = Files.writeString(directory.resolve("logs/b"), "x");
        List<Path> asked = new ArrayList<>();
        FoundInputs found =
                InputFinder.find(
                        List.of(directory.resolve("logs").toString(), inOld.toString()),
                        null,
                        folder -> {
                            asked.add(directory.relativize(folder));
                            return !folder.toString().contains("2020");
                        });
        assertEquals(List.of(kept), found.files().stream().map(InputFile::path).toList());
        assertEquals(1, found.outsideFolders());
        assertEquals(1, found.outsideFiles());
        assertFalse(asked.contains(Path.of("logs/2020/01")), asked.toString());
    }

    @Test
    void aDirectoryThatIsNotWantedIsNoFailure(@TempDir Path directory) {
        FoundInputs found = InputFinder.find(List.of(directory.toString()), null, _ -> false);
        assertEquals(1, found.outsideFolders());
        assertEquals(List.of(), found.unusable());
        assertEquals(List.of(), found.files());
    }
}
