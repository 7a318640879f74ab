// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupBenchmarkTest {
    @ParameterizedTest
    @ValueSource(ints = {64, 1100})
    void sumsOfGroupsAreTheSumOfAll(int values) {
        GroupBenchmark benchmark = new GroupBenchmark();
        benchmark.values = values;
        benchmark.open();
        assertEquals(benchmark.expected(), benchmark.group());
    }
}
