// SPDX-License-Identifier: Apache-2.0
package weir.query.expr;

import org.jspecify.annotations.Nullable;

/// The functions over the rows of a group. Rows whose argument is NULL do not count, but for
/// COUNT_ALL.
public enum AggregateFunction {
    /// `count(*)`: BIGINT.
    COUNT_ALL,
    /// `count(x)`: BIGINT.
    COUNT,
    /// `count_if(condition)`: BIGINT.
    COUNT_IF,
    /// Integers give BIGINT (overflow is a failure), REAL and DOUBLE the same, DECIMAL(p,s) gives
    /// DECIMAL(38,s).
    SUM,
    /// Integers and DOUBLE give DOUBLE; REAL and DECIMAL give the same.
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
    VAR_POP,
    /// `min_by(x, key)`: x of the first row with the least key; rows whose key is NULL do not
    /// count, x may be NULL.
    MIN_BY,
    /// `max_by(x, key)`: the same of the greatest key.
    MAX_BY,
    /// `min(x, n)`: an array of the n least values, the least first.
    MIN_VALUES,
    /// `max(x, n)`: an array of the n greatest values, the greatest first.
    MAX_VALUES,
    /// `min_by(x, key, n)`: an array of x of the n rows with the least keys, in that order; rows
    /// whose key is NULL do not count, x may be NULL.
    MIN_BY_VALUES,
    /// `max_by(x, key, n)`: the same of the greatest keys.
    MAX_BY_VALUES,
    /// `covar_pop(y, x)`: population covariance, DOUBLE.
    COVAR_POP,
    /// `covar_samp(y, x)`: sample covariance, DOUBLE.
    COVAR_SAMP,
    /// `corr(y, x)`: correlation, DOUBLE; NULL where it is no number.
    CORR,
    /// `regr_slope(y, x)`: slope of the line of least squares, DOUBLE; NULL where it is no number.
    REGR_SLOPE,
    /// `regr_intercept(y, x)`: where that line meets x = 0, DOUBLE; NULL where it is no number.
    REGR_INTERCEPT,
    /// Skewness of a sample, DOUBLE; NULL of fewer than 3.
    SKEWNESS,
    /// Excess kurtosis of a sample, DOUBLE; NULL of fewer than 4.
    KURTOSIS,
    /// The root of the product, DOUBLE.
    GEOMETRIC_MEAN,
    /// Entropy of counts in bits, DOUBLE; 0 over no rows.
    ENTROPY,
    /// Every bit that is set in all values, BIGINT.
    BITWISE_AND_AGG,
    /// Every bit that is set in some value, BIGINT.
    BITWISE_OR_AGG,
    /// Every bit that is set in an odd count of values, BIGINT.
    BITWISE_XOR_AGG,
    /// `approx_distinct(x)` and `approx_distinct(x, error)`: about how many different values,
    /// BIGINT; 0 over no rows.
    APPROX_DISTINCT,
    /// `approx_percentile(x, share)` and `approx_percentile(x, weight, share)`: about the value up
    /// to which that share of the weights lies, of the type of x (BIGINT, REAL or DOUBLE); of an
    /// array of shares an array.
    APPROX_PERCENTILE,
    /// `checksum(x)`: VARBINARY, of all values in any order, NULL among them.
    CHECKSUM,
    /// All values in an array, NULL among them.
    ARRAY_AGG,
    /// `map_agg(key, value)`: a map of the first value of each key.
    MAP_AGG,
    /// `multimap_agg(key, value)`: a map of an array of the values of each key.
    MULTIMAP_AGG,
    /// One map of maps: of a key that several have the first value.
    MAP_UNION,
    /// A map of how often each value is there.
    HISTOGRAM,
    /// `approx_most_frequent(buckets, x, capacity)`: a map of how often the most frequent values
    /// are there.
    APPROX_MOST_FREQUENT,
    /// `listagg(text, separator, isError, filler, isCounted)`: all texts as one. Where they are too
    /// long it fails, or the filler stands for what is left, with a count of it; all but the text
    /// are literals.
    LISTAGG;

    /// What it gives over no rows: a value as [Expr.Literal] has it, null for NULL.
    public @Nullable Object ofNoRows() {
        return switch (this) {
            case COUNT_ALL, COUNT, COUNT_IF, APPROX_DISTINCT -> 0L;
            case ENTROPY -> 0.0;
            default -> null;
        };
    }

    /// Whether the order of the rows of a group matters.
    public boolean isOrdered() {
        return switch (this) {
            case ARRAY_AGG, MAP_AGG, MULTIMAP_AGG, MAP_UNION, LISTAGG -> true;
            default -> false;
        };
    }
}
