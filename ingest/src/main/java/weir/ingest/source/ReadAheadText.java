// SPDX-License-Identifier: Apache-2.0
package weir.ingest.source;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The text of another source, read by a thread of its own while the caller works on what came
/// before: one large packed file keeps two cores busy. For the caller it is the other source; what
/// goes wrong is seen behind the text that came before it.
///
/// *Invariants:* no more than [#TEXT_BYTES_MAX] bytes are held. The thread begins with the first
/// [#read] and has ended when [#close] returns; it alone touches the source in between.
final class ReadAheadText implements TextSource {
    private static final int STEPS = 8;
    private static final int STEP_BYTES = 1 << 18;

    /// Text that is held.
    static final int TEXT_BYTES_MAX = STEPS * STEP_BYTES;

    /// Some text, and whether something other than text follows: the end, or a failure.
    private static final class Step {
        final byte[] text;
        int size;
        long consumedBytes;
        boolean isLast;
        @Nullable SourceFault fault;
        @Nullable String packedHash;
        @Nullable Throwable failure;

        Step(int sizeMax) {
            text = new byte[sizeMax];
        }
    }

    private final TextSource source;
    private final BlockingQueue<Step> free = new ArrayBlockingQueue<>(STEPS + 1);
    private final BlockingQueue<Step> filled = new ArrayBlockingQueue<>(STEPS + 1);
    private volatile boolean isClosed;
    private @Nullable Thread reader;
    private Step current = new Step(0);
    private int currentAt;
    private long consumedBytes;
    private @Nullable SourceFault fault;
    private @Nullable String packedHash;

    /// Reads what `source` makes of a checkpoint, which it calls where it goes on and on without
    /// giving text; `checkpoint` is called by it then.
    ReadAheadText(Function<Runnable, TextSource> source, Runnable checkpoint) {
        this.source =
                source.apply(() -> {
                    if (isClosed) {
                        throw new CancellationException("the text was closed");
                    }
                    checkpoint.run();
                });
    }

    @Override
    public int read(byte[] to, int from, int size) throws IOException {
        if (reader == null && !isClosed) {
            reader = start();
        }
        while (currentAt == current.size) {
            if (current.isLast) {
                return end();
            }
            next();
        }
        int count = Math.min(size, current.size - currentAt);
        System.arraycopy(current.text, currentAt, to, from, count);
        currentAt += count;
        return count;
    }

    private Thread start() {
        for (int i = 0; i < STEPS; i++) {
            free.add(new Step(STEP_BYTES));
        }
        return Thread.ofPlatform().daemon().name("weir-read-ahead").start(this::readAhead);
    }

    private int end() throws IOException {
        return switch (current.failure) {
            case null -> {
                fault = current.fault;
                packedHash = current.packedHash;
                yield -1;
            }
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        };
    }

    private void next() throws IOException {
        Step next;
        try {
            next = filled.take();
        } catch (InterruptedException e) {
            // What a read of a file does when its thread is interrupted.
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
        if (current.text.length > 0) {
            free.add(current);
        }
        current = next;
        currentAt = 0;
        consumedBytes = next.consumedBytes;
    }

    /// What the thread does.
    private void readAhead() {
        try {
            boolean isLast = false;
            while (!isLast) {
                Step step = free.take();
                if (isClosed) {
                    return;
                }
                fill(step);
                isLast = step.isLast;
                filled.add(step);
            }
        } catch (InterruptedException e) {
            // Whoever did it: without a last step the caller would wait for ever.
            Step last = new Step(0);
            last.isLast = true;
            last.failure = new IllegalStateException("the thread that reads ahead was stopped", e);
            last.consumedBytes = source.consumedBytes();
            filled.add(last);
        }
    }

    private void fill(Step step) {
        step.size = 0;
        try {
            while (step.size < STEP_BYTES && !step.isLast) {
                int count = source.read(step.text, step.size, STEP_BYTES - step.size);
                if (count < 0) {
                    step.isLast = true;
                    step.fault = source.fault();
                    step.packedHash = source.packedHash();
                } else {
                    step.size += count;
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            step.isLast = true;
            step.failure = e;
        }
        step.consumedBytes = source.consumedBytes();
    }

    @Override
    public String form() {
        return source.form();
    }

    @Override
    public long consumedBytes() {
        return consumedBytes;
    }

    @Override
    public @Nullable SourceFault fault() {
        return fault;
    }

    @Override
    public @Nullable String packedHash() {
        return packedHash;
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        if (reader != null) {
            free.add(new Step(0)); // should it wait for one
            join(reader);
            reader = null;
        }
        current = new Step(0); // lets go of the text
        current.isLast = true;
        current.fault = fault;
        current.packedHash = packedHash;
        currentAt = 0;
        source.close();
    }

    private static void join(Thread thread) {
        boolean wasInterrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
