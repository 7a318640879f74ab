// SPDX-License-Identifier: Apache-2.0
package weir.ingest.live;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import weir.engine.memory.FileLayer;

/// The files of the system on a disk that is full now and then: so many of the next attempts to
/// make a file fail.
final class FailingFiles implements FileLayer {
    private final AtomicInteger failures = new AtomicInteger();

    void failAgain(int times) {
        failures.set(times);
    }

    @Override
    public Output create(Path file) throws IOException {
        if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new FileSystemException(file.toString(), null, "No space left on device");
        }
        return SYSTEM.create(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        SYSTEM.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        SYSTEM.delete(file);
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        SYSTEM.makeDirectory(directory);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        SYSTEM.forceDirectory(directory);
    }

    @Override
    public FileChannel openLock(Path file) throws IOException {
        return SYSTEM.openLock(file);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return SYSTEM.list(directory);
    }

    @Override
    public long size(Path file) throws IOException {
        return SYSTEM.size(file);
    }

    @Override
    public byte[] read(Path file) throws IOException {
        return SYSTEM.read(file);
    }
}
