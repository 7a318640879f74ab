// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import weir.engine.fault.StoreException;

/// A file that appears whole or not at all: written under a temporary name, forced, renamed, and
/// the directory forced. Confined to one thread.
public final class AtomicFile implements AutoCloseable {
    /// What the name of an unfinished file ends with.
    public static final String TEMPORARY_SUFFIX = ".tmp";

    private final FileLayer files;
    private final Path target;
    private final Path temporary;
    private final FileLayer.Output output;
    private long sizeBytes;
    private boolean isFinished;
    private boolean isPublished;

    private AtomicFile(FileLayer files, Path target, Path temporary, FileLayer.Output output) {
        this.files = files;
        this.target = target;
        this.temporary = temporary;
        this.output = output;
    }

    /// Starts a file that will appear as `target`. What a killed writer left is removed, never
    /// written into: it may be a link to a file of somebody else.
    ///
    /// @throws StoreException when the directory cannot be written
    public static AtomicFile create(FileLayer files, Path target) {
        Path temporary = target.resolveSibling(target.getFileName() + TEMPORARY_SUFFIX);
        try {
            files.delete(temporary);
            return new AtomicFile(files, target, temporary, files.create(temporary));
        } catch (IOException e) {
            throw StoreException.io(temporary, "cannot be created", e);
        }
    }

    /// How many bytes were written.
    public long sizeBytes() {
        return sizeBytes;
    }

    /// Appends everything in `sink`.
    public void write(ByteSink sink) {
        try {
            output.write(ByteBuffer.wrap(sink.array(), 0, sink.size()));
            sizeBytes += sink.size();
        } catch (IOException e) {
            throw StoreException.io(temporary, "cannot be written", e);
        }
    }

    /// Makes the bytes durable, still under the temporary name. Nothing can be written after that.
    public void finish() {
        try {
            output.force();
            output.close();
            isFinished = true;
        } catch (IOException e) {
            throw StoreException.io(temporary, "cannot be forced to disk", e);
        }
    }

    /// Gives the finished file its name. The name survives a power cut only after
    /// [FileLayer#forceDirectory], which one call may do for many files.
    public void publish() {
        if (!isFinished) {
            throw new IllegalStateException(target + " is to be finished before it is published");
        }
        try {
            files.rename(temporary, target);
            isPublished = true;
        } catch (IOException e) {
            throw StoreException.io(target, "cannot be published", e);
        }
    }

    /// Deletes what was written unless it was published.
    @Override
    public void close() {
        if (isPublished) {
            return;
        }
        try {
            output.close();
        } catch (IOException e) {
            throw StoreException.io(temporary, "cannot be closed", e);
        } finally {
            delete();
        }
    }

    private void delete() {
        try {
            files.delete(temporary);
        } catch (IOException e) {
            throw StoreException.io(temporary, "cannot be removed", e);
        }
    }
}
