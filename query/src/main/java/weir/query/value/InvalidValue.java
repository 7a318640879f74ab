// SPDX-License-Identifier: Apache-2.0
package weir.query.value;

import weir.query.fault.QueryException;

/// Makes the failures that a value causes.
final class InvalidValue {
    private InvalidValue() {}

    static QueryException of(String message) {
        return new QueryException(QueryException.Code.INVALID_VALUE, message);
    }
}
