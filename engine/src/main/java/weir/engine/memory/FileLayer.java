// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/// Every operation by which a store changes its directory, and those by which it reads its
/// manifest. Between two of them a process may be killed, the power may go, and any of them may
/// fail; so a test that stands in for the operating system here can do that at each point.
///
/// Finished segments are not read through it but mapped, see [MappedFile].
///
/// Nothing is durable before it is forced: neither the bytes of a file ([Output#force]), nor that a
/// name stands for it, nor that a name is gone ([#forceDirectory]). Safe for many threads.
public interface FileLayer {
    /// The files of the operating system.
    FileLayer SYSTEM = new SystemFiles();

    /// A file being written, from its start to its end. Confined to one thread.
    interface Output extends AutoCloseable {
        /// Appends all that remains in `bytes`.
        void write(ByteBuffer bytes) throws IOException;

        /// Makes the bytes written so far durable. After a failure they may be lost whatever a
        /// later call says.
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }

    /// Starts a file whose name must be free; what a link of that name points to is left alone.
    Output create(Path file) throws IOException;

    /// Gives a file another name in its directory, atomically; what had the name is gone.
    void rename(Path from, Path to) throws IOException;

    /// Deletes a file, if it is there.
    void delete(Path file) throws IOException;

    /// Makes a directory, unless there is one.
    void makeDirectory(Path directory) throws IOException;

    /// Makes the names in a directory durable, as they stand.
    void forceDirectory(Path directory) throws IOException;

    /// Opens a file to be locked, read and written, which is made when it is missing.
    FileChannel openLock(Path file) throws IOException;

    /// The files of a directory, in order of their names.
    List<Path> list(Path directory) throws IOException;

    /// Bytes of a file.
    long size(Path file) throws IOException;

    /// All of a file.
    byte[] read(Path file) throws IOException;
}
