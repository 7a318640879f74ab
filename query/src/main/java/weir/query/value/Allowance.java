// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.query.fault.QueryException;

/// What the expressions that a thread computes may use: the bytes of the values they make count
/// against the memory limit of their query, and whoever makes much or takes long asks here whether
/// the query goes on. Belongs to one thread. Outside of a query, as where a function is tested
/// alone, nothing is counted.
///
/// Values are counted when they are made and not when they become garbage. So whoever takes rows in
/// batches [#take()]s the count when the values of the batch at hand are done with, or counted by
/// who keeps them.
public final class Allowance {
    private static final ScopedValue<Allowance> CURRENT = ScopedValue.newInstance();
    private static final Allowance UNLIMITED = new Allowance(null);

    /// So little is not counted at all: most batches make less.
    private static final int FREE_BYTES = 1 << 18;

    /// The longest text that a function makes, in UTF-16 units.
    private static final int TEXT_LENGTH_MAX = 1 << 26;

    private static final int STEP_MASK = (1 << 6) - 1;

    private static final int TEXT_BYTES = 48;
    private static final int LIST_BYTES = 56;
    private static final int ELEMENT_BYTES = 24;
    private static final int ENTRY_BYTES = 80;

    private final @Nullable Limits limits;
    private long madeBytes;
    private long reservedBytes;
    private int stepCount;

    /// The limits of a query.
    public interface Limits {
        /// Returns while the query may go on.
        ///
        /// @throws QueryException when it may not
        void check();

        /// Counts `bytes` more (or less, when negative) against the memory limit.
        ///
        /// @throws QueryException when that is above it
        void reserve(long bytes);
    }

    private Allowance(@Nullable Limits limits) {
        this.limits = limits;
    }

    /// What `work` gives, whose expressions may use what `limits` allow.
    public static <T> T within(Limits limits, Supplier<T> work) {
        Allowance allowance = new Allowance(limits);
        try {
            return ScopedValue.where(CURRENT, allowance).call(work::get);
        } finally {
            limits.reserve(-allowance.reservedBytes);
        }
    }

    /// That of this thread.
    public static Allowance current() {
        return CURRENT.orElse(UNLIMITED);
    }

    /// One more step of a loop that nothing else bounds.
    ///
    /// @throws QueryException when the query may not go on
    public void step() {
        if ((++stepCount & STEP_MASK) == 0 && limits != null) {
            limits.check();
        }
    }

    /// Counts `bytes` that are about to be made.
    ///
    /// @throws QueryException when that is above the limit, or the query may not go on
    public void make(long bytes) {
        madeBytes += bytes;
        if (madeBytes - reservedBytes > FREE_BYTES && limits != null) {
            long more = madeBytes - reservedBytes;
            reservedBytes += more;
            limits.reserve(more);
            limits.check();
        }
    }

    /// Whether a text may grow to `length` characters, which count when it is there.
    ///
    /// @throws QueryException when that is above the limit of a text or of the query
    public void checkText(long length) {
        if (length > TEXT_LENGTH_MAX) {
            throw new QueryException(
                    QueryException.Code.LIMIT_EXCEEDED,
                    "a text of more than " + TEXT_LENGTH_MAX + " characters");
        }
        if (length > FREE_BYTES && limits != null) {
            limits.reserve(2 * length);
            limits.reserve(-2 * length);
        }
    }

    void makeList(int size) {
        make(LIST_BYTES + (long) ELEMENT_BYTES * size);
    }

    void makeMap(int size) {
        make(LIST_BYTES + (long) ENTRY_BYTES * size);
    }

    /// Counts what one call of a function gave, which is a step too. Arrays, rows and maps were
    /// counted by whoever made them.
    public @Nullable Object made(@Nullable Object result) {
        step();
        if (result instanceof String text) {
            make(TEXT_BYTES + 2L * text.length());
        }
        return result;
    }

    /// The bytes counted since it was last asked, which count no more: the caller counts those that
    /// it keeps. Less than a batch may make without being counted is none.
    public long take() {
        long taken = reservedBytes;
        madeBytes = 0;
        reservedBytes = 0;
        if (taken > 0 && limits != null) {
            limits.reserve(-taken);
        }
        return taken;
    }

    /// Counts `bytes` that are kept from batch to batch, or are no longer when negative.
    public void keep(long bytes) {
        if (limits != null) {
            limits.reserve(bytes);
        }
    }
}
