// SPDX-License-Identifier: Apache-2.0
package weir.query.expr;

import weir.query.type.SqlType;

/// A function of one row that is known by its definition alone: neither the optimizer nor a kernel
/// has a case for it, unlike the constants of [ScalarFunction]. It is one overload with its types
/// settled; equal ones compute the same.
public interface LibraryFunction {
    /// What SQL calls it.
    String name();

    /// The type of the result.
    SqlType type();

    /// Whether it is asked even where an argument is NULL; else the result is NULL there.
    default boolean takesNulls() {
        return false;
    }

    /// Whether equal arguments always give equal results within one query.
    default boolean isDeterministic() {
        return true;
    }

    /// Whether some values make it impossible.
    boolean canFail();

    /// Whether its one argument is the text of an address and may be given as the address itself,
    /// as NULL where the text is none.
    default boolean readsAddress() {
        return false;
    }

    /// The computation, for one thread.
    RowFunction start();
}
