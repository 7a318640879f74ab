// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weir.engine.schema.IpAddress;
import weir.engine.vector.TextList;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.expr.ExprTree;
import weir.query.expr.LibraryFunction;
import weir.query.fault.QueryException;
import weir.query.function.Definition;
import weir.query.function.FunctionLibrary;
import weir.query.function.TypePattern;
import weir.query.type.BasicType;
import weir.query.type.Binary;
import weir.query.type.SqlType;
import weir.query.value.ExprValue;

/// Every function of the library over a dictionary column and constants, as kernels compute it,
/// against the same row by row.
class LibraryTwinTest {
    private static final int ROWS = 200;
    private static final int ROUNDS = 8;
    private static final @Nullable String[] TEXTS = {
        "",
        "a",
        "10.0.0.1",
        "-",
        "日本語",
        "a😀b",
        "é",
        "12",
        "2.5MB",
        "%Y-%m-%d",
        "2026-11-01",
        "yyyy-MM-dd",
        "(a)(b)?",
        "[",
        "$1",
        "https://x.example:8080/p?q=1#f",
        "%41",
        "%zz",
        "61ff",
        "aGk=",
        "xx",
        null,
        "fe80::1",
        "UTC",
        "79927398713",
        "ab ab",
        "%s|%s",
        "NFD",
        "tcp"
    };

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void everyFunctionOverADictionaryIsItselfRowByRow() {
        Set<String> tried = new HashSet<>();
        Set<String> succeeded = new HashSet<>();
        for (Definition definition : FunctionLibrary.instance().all()) {
            for (int round = 0; round < ROUNDS; round++) {
                Expr call = call(definition);
                if (call != null && ExprTree.isDeterministic(call)) {
                    tried.add(definition.name());
                    if (compare(call)) {
                        succeeded.add(definition.name());
                    }
                }
            }
        }
        assertTrue(tried.size() > 100, "only " + tried.size() + " functions");
        assertTrue(
                succeeded.size() * 10 > tried.size() * 8,
                "only " + succeeded.size() + " of " + tried.size() + " gave results");
    }

    /// A call of the definition whose first text or number is a column; null where a type is none
    /// that this test makes up.
    private @Nullable Expr call(Definition definition) {
        List<Expr> arguments = new ArrayList<>();
        int count = definition.signature().parameters().size();
        boolean hasColumn = false;
        for (int i = 0; i < count; i++) {
            SqlType type = type(definition.signature().parameter(i));
            if (type == null) {
                return null;
            }
            boolean isColumn = !hasColumn && (type == BasicType.VARCHAR);
            hasColumn |= isColumn;
            arguments.add(isColumn ? new Expr.Input(0, type) : new Expr.Literal(type, value(type)));
        }
        LibraryFunction function = definition.bind(arguments.stream().map(Expr::type).toList());
        return function == null ? null : new Expr.Apply(function, List.copyOf(arguments));
    }

    private static @Nullable SqlType type(TypePattern pattern) {
        return switch (pattern) {
            case TypePattern.Exact exact -> exact.type();
            case TypePattern.AnyDecimal _ -> new SqlType.Decimal(10, 2);
            case TypePattern.AnyTimestamp timestamp ->
                    timestamp.hasZone() ? BasicType.TIMESTAMP_TZ : BasicType.TIMESTAMP;
            case TypePattern.Any _, TypePattern.Variable _ -> BasicType.VARCHAR;
            default -> null;
        };
    }

    private @Nullable Object value(SqlType type) {
        if (type instanceof SqlType.Decimal) {
            return BigDecimal.valueOf(random.nextInt(-10_000, 10_000), 2);
        }
        return switch (type) {
            case BasicType.VARCHAR -> TEXTS[random.nextInt(TEXTS.length)];
            case BasicType.DOUBLE -> random.nextInt(-20, 40) / 4.0;
            case BasicType.BOOLEAN -> (long) random.nextInt(2);
            case BasicType.VARBINARY -> new Binary(new byte[] {1, (byte) random.nextInt()});
            case BasicType.IPADDRESS -> IpAddress.ofV4(random.nextInt());
            case BasicType.INTEGER, BasicType.BIGINT, BasicType.DATE ->
                    (long) random.nextInt(-3, 20);
            case BasicType.TIMESTAMP, BasicType.TIMESTAMP_TZ -> random.nextLong(1L << 41);
            default -> null;
        };
    }

    /// Whether some row had a result.
    private boolean compare(Expr call) {
        int[] codes = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            codes[row] = random.nextInt(TEXTS.length);
        }
        VectorBatch batch =
                new VectorBatch(ROWS, new Vector[] {new Vector.Codes(codes, new TextList(TEXTS))});
        boolean hasResult = false;
        ExprNode tried = ExprCompiler.compile(new Expr.Try(call));
        ExprNode plain = ExprCompiler.compile(call);
        Vector results = tried.evaluate(batch);
        boolean hasFailure = false;
        for (int row = 0; row < ROWS; row++) {
            Object expected;
            try {
                expected = ExprValue.of(call, new @Nullable Object[] {TEXTS[codes[row]]});
            } catch (QueryException e) {
                assertEquals(QueryException.Code.INVALID_VALUE, e.code(), call + " " + seed);
                expected = null;
                hasFailure = true;
            }
            hasResult |= expected != null;
            assertEquals(
                    expected,
                    VectorValues.get(results, call.type(), row),
                    call + " of '" + TEXTS[codes[row]] + "', seed " + seed);
        }
        assertEquals(hasFailure, fails(plain, batch), call + ", seed " + seed);
        return hasResult;
    }

    private static boolean fails(ExprNode node, VectorBatch batch) {
        try {
            node.evaluate(batch);
            return false;
        } catch (QueryException e) {
            return true;
        }
    }
}
