// SPDX-License-Identifier: Apache-2.0
package weir.testkit.generate;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs tasks on some threads and hands their results over in the order the tasks were given, with
/// a bounded number in flight. Used by one thread.
///
/// @param <T> result of a task
final class OrderedWork<T> implements AutoCloseable {

    /// Takes one result.
    @FunctionalInterface
    interface Taker<T> {
        void take(T result) throws IOException;
    }

    private final ExecutorService executor;
    private final Deque<Future<T>> inFlight = new ArrayDeque<>();
    private final int limit;
    private final Taker<T> taker;

    OrderedWork(int threads, Taker<T> taker) {
        this.executor =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().name("generate-", 0).daemon().factory());
        this.limit = threads * 2;
        this.taker = taker;
    }

    void submit(Callable<T> task) throws IOException {
        while (inFlight.size() >= limit) {
            takeOne();
        }
        inFlight.add(executor.submit(task));
    }

    /// Waits for and hands over all that is in flight.
    void drain() throws IOException {
        while (!inFlight.isEmpty()) {
            takeOne();
        }
    }

    private void takeOne() throws IOException {
        Future<T> first = inFlight.remove();
        T result;
        try {
            result = first.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("generation was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("generation failed", e.getCause());
        }
        taker.take(result);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
