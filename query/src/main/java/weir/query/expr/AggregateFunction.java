// SPDX-License-Identifier: Apache-2.0
package weir.query.expr;

/// The functions over the rows of a group. Rows whose argument is NULL do not count, but for
/// COUNT_ALL; over no rows the counts give 0 and everything else NULL.
public enum AggregateFunction {
    /// `count(*)`: BIGINT.
    COUNT_ALL,
    /// `count(x)`: BIGINT.
    COUNT,
    /// `count_if(condition)`: BIGINT.
    COUNT_IF,
    /// Integers give BIGINT (overflow is a failure), DOUBLE gives DOUBLE, DECIMAL(p,s) gives
    /// DECIMAL(38,s).
    SUM,
    /// Integers and DOUBLE give DOUBLE; DECIMAL gives the same DECIMAL.
    AVG,
    /// The least value, of any ordered type.
    MIN,
    /// The greatest value, of any ordered type.
    MAX,
    /// Some value that is not NULL: here the first.
    ANY_VALUE,
    /// Whether every condition is true.
    BOOL_AND,
    /// Whether some condition is true.
    BOOL_OR,
    /// Sample standard deviation, DOUBLE.
    STDDEV_SAMP,
    /// Population standard deviation, DOUBLE.
    STDDEV_POP,
    /// Sample variance, DOUBLE.
    VAR_SAMP,
    /// Population variance, DOUBLE.
    VAR_POP
}
