// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import weir.testkit.generate.FlowLogGenerator;
import weir.testkit.generate.GeneratorOptions;
import weir.testkit.record.LogFormat;

/// The same generated records as files of several kinds, each made when it is first asked for and
/// kept. What was broken off while it was made is made anew. All files have a header.
///
/// @param directory a folder for these records alone
/// @param format their fields
/// @param records how many
record GeneratedLogs(Path directory, LogFormat format, long records) {
    private static final int COPY_BYTES = 1 << 16;
    private static final int FILES_PER_FOLDER = 100;

    /// One file of text.
    Path plain() throws IOException {
        GeneratorOptions options =
                GeneratorOptions.defaults().withRecords(records).withFormat(format);
        return made("flows.log", file -> FlowLogGenerator.writeFile(options, file));
    }

    /// One file packed by gzip as a single member.
    Path packed() throws IOException {
        Path plain = plain();
        return made("flows.log.gz", file -> pack(plain, file));
    }

    /// So many files packed by gzip, of about the same number of records.
    List<Path> packed(int files) throws IOException {
        Path folder =
                made(
                        "gzip-" + files,
                        parts ->
                                split(
                                        parts,
                                        Math.ceilDiv(records, files),
                                        file ->
                                                pack(
                                                        file,
                                                        file.resolveSibling(
                                                                file.getFileName() + ".gz"))));
        try (var paths = Files.list(folder)) {
            return paths.sorted().toList();
        }
    }

    /// A folder of folders of text files with so many records each.
    Path small(long recordsPerFile) throws IOException {
        return made(
                "small-" + recordsPerFile,
                folder -> {
                    int[] files = new int[1];
                    split(
                            folder,
                            recordsPerFile,
                            file -> {
                                Path into =
                                        folder.resolve("folder-" + files[0]++ / FILES_PER_FOLDER);
                                Files.createDirectories(into);
                                Files.move(file, into.resolve(file.getFileName()));
                            });
                });
    }

    private interface Maker {
        void make(Path path) throws IOException;
    }

    private Path made(String name, Maker maker) throws IOException {
        Path path = directory.resolve(name);
        if (!Files.exists(path)) {
            Files.createDirectories(directory);
            Path unfinished = directory.resolve(name + ".unfinished");
            WorkFolder.delete(unfinished);
            maker.make(unfinished);
            Files.move(unfinished, path);
        }
        return path;
    }

    private void split(Path folder, long recordsPerFile, SplitLog.Taker taker) throws IOException {
        Files.createDirectories(folder);
        String header = format.headerLine();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(plain()), COPY_BYTES);
                SplitLog log = new SplitLog(folder, header, recordsPerFile, taker)) {
            in.skipNBytes(header.length() + 1L);
            byte[] buffer = new byte[COPY_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                log.write(buffer, 0, count);
            }
        }
    }

    private static void pack(Path from, Path to) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to), COPY_BYTES)) {
            Files.copy(from, out);
        }
    }
}
