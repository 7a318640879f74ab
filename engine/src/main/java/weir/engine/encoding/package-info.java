// SPDX-License-Identifier: Apache-2.0
/// One class for each block encoding and each dictionary form, writer and reader side by side.
///
/// **Rule:** a block is a row of unsigned codes, whatever the column's type, and code 0 means
/// absent where a column has absent values. The smallest exact size wins, of the forms that a cheap
/// look leaves a chance; there are no options.
@NullMarked
package weir.engine.encoding;

import org.jspecify.annotations.NullMarked;
