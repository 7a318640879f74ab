/// x
@NullMarked
package weir.testkit;

import org.jspecify.annotations.NullMarked;
