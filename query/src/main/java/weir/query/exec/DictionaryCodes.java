// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.engine.fault.Limits;
import weir.engine.scan.CodeSet;
import weir.engine.scan.DictionaryTest;
import weir.engine.schema.IpAddress;
import weir.engine.vector.Dictionary;
import weir.engine.vector.Vector;
import weir.engine.vector.VectorBatch;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException;
import weir.query.type.BasicType;
import weir.query.value.Allowance;
import weir.query.value.Cidr;
import weir.query.value.LikePattern;
import weir.query.value.ValueOrder;

/// A condition on one text column as a test of dictionary values. Equality, address blocks and
/// prefixes are found by searching the sorted dictionary; everything else is evaluated once for
/// each value. Remembers what it found. Safe for many threads.
///
/// Asking it fails with [QueryException] when the condition is impossible for some value, whether
/// or not a row has it: then the condition has to be asked of rows.
final class DictionaryCodes implements DictionaryTest {
    private final Expr condition;
    private final QueryContext context;
    private final java.util.Map<Dictionary, CodeSet> known =
            new java.util.concurrent.ConcurrentHashMap<>();

    /// @param condition over input 0, which is the text of a code
    /// @param context asked whether to go on while a dictionary is searched
    DictionaryCodes(Expr condition, QueryContext context) {
        this.context = context;
        this.condition = condition;
    }

    /// Whether some value might have no answer.
    ///
    /// @param isAddresses whether the values are addresses
    boolean canFail(boolean isAddresses) {
        return ExprCompiler.compileForValues(condition, isAddresses).canFail();
    }

    @Override
    public CodeSet codes(Dictionary dictionary) {
        CodeSet codes = known.get(dictionary);
        if (codes == null) {
            codes = CodeSet.of(search(dictionary));
            known.put(dictionary, codes);
        }
        return codes;
    }

    private BitSet search(Dictionary dictionary) {
        try {
            return codes(condition, false, dictionary);
        } catch (QueryException _) {
            context.check();
            // Parts were asked on their own; together one may shield the other from its failure.
            return evaluate(condition, dictionary);
        }
    }

    /// The codes for which `expr` (or its negation) is true.
    private BitSet codes(Expr expr, boolean isNegated, Dictionary dictionary) {
        return switch (expr) {
            case Expr.Not not -> codes(not.operand(), !isNegated, dictionary);
            case Expr.And and -> junction(and.parts(), !isNegated, isNegated, dictionary);
            case Expr.Or or -> junction(or.parts(), isNegated, isNegated, dictionary);
            default -> {
                BitSet found = dictionary.isSorted() ? find(expr, dictionary) : null;
                if (found == null) {
                    yield evaluate(isNegated ? new Expr.Not(expr) : expr, dictionary);
                }
                yield isNegated ? complement(found, expr, dictionary) : found;
            }
        };
    }

    private BitSet junction(
            List<Expr> parts, boolean isAll, boolean isNegated, Dictionary dictionary) {
        BitSet result = new BitSet();
        boolean isFirst = true;
        for (Expr part : parts) {
            BitSet codes = codes(part, isNegated, dictionary);
            if (isFirst || !isAll) {
                result.or(codes);
            } else {
                result.and(codes);
            }
            isFirst = false;
        }
        return result;
    }

    /// All codes that are not NULL and not found. Only code 0 may be NULL in a sorted dictionary.
    private static BitSet complement(BitSet found, Expr expr, Dictionary dictionary) {
        BitSet rest = new BitSet(dictionary.size());
        rest.set(0, dictionary.size());
        rest.andNot(found);
        boolean isOfAddress =
                expr instanceof Expr.Call call && call.function() == ScalarFunction.CONTAINS;
        if (dictionary.text(0) == null || isOfAddress) {
            rest.clear(0);
        }
        return rest;
    }

    /// The codes of an expression that the order of the dictionary answers; null for any other.
    private static @Nullable BitSet find(Expr expr, Dictionary dictionary) {
        if (expr instanceof Expr.In in && isText(in.operand())) {
            BitSet codes = new BitSet();
            for (Expr candidate : in.candidates()) {
                String text = literal(candidate);
                if (text == null) {
                    return null;
                }
                addText(text, dictionary, codes);
            }
            return codes;
        }
        if (!(expr instanceof Expr.Call call) || call.arguments().size() != 2) {
            return null;
        }
        Expr left = call.arguments().get(0);
        Expr right = call.arguments().get(1);
        return switch (call.function()) {
            case EQUAL -> equal(left, right, dictionary);
            case LIKE -> like(left, right, dictionary);
            case CONTAINS -> contains(left, right, dictionary);
            default -> null;
        };
    }

    private static boolean isText(Expr expr) {
        return expr instanceof Expr.Input input && input.type() == BasicType.VARCHAR;
    }

    private static @Nullable String literal(Expr expr) {
        return expr instanceof Expr.Literal literal && literal.value() instanceof String text
                ? text
                : null;
    }

    private static @Nullable BitSet equal(Expr left, Expr right, Dictionary dictionary) {
        String text = literal(isText(left) ? right : left);
        if (text == null || !(isText(left) || isText(right))) {
            return null;
        }
        BitSet codes = new BitSet();
        addText(text, dictionary, codes);
        return codes;
    }

    private static void addText(String text, Dictionary dictionary, BitSet codes) {
        int code = dictionary.codeOf(text);
        if (code >= 0) {
            codes.set(code);
        }
        if (code == 0 && !dictionary.isAddresses()) {
            // A value may read as the absent one does.
            int twin = firstNotBelow(text, dictionary);
            if (twin < dictionary.size() && text.equals(dictionary.text(twin))) {
                codes.set(twin);
            }
        }
    }

    /// The first code from 1 on whose text is not below `text`.
    private static int firstNotBelow(String text, Dictionary dictionary) {
        int low = 1;
        int high = dictionary.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            String value = dictionary.text(middle);
            if (value != null && ValueOrder.compareText(value, text) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static @Nullable BitSet like(Expr left, Expr right, Dictionary dictionary) {
        String text = literal(right);
        if (text == null || !isText(left)) {
            return null;
        }
        LikePattern pattern = LikePattern.of(text, null);
        String prefix = pattern.purePrefix();
        BitSet codes = new BitSet();
        if (pattern.exactText() != null) {
            addText(pattern.exactText(), dictionary, codes);
            return codes;
        }
        if (prefix == null) {
            return null;
        }
        if (dictionary.isAddresses()) {
            Cidr block = blockOfPrefix(prefix);
            if (block == null) {
                return null;
            }
            addRange(block.first(), block.last(), dictionary, codes);
        } else {
            int first = firstNotBelow(prefix, dictionary);
            codes.set(first, Math.max(first, endOfPrefix(prefix, first, dictionary)));
        }
        String absent = dictionary.text(0);
        codes.set(0, absent != null && pattern.matches(absent));
        return codes;
    }

    /// The first code from `first` on whose text does not start with `prefix`.
    private static int endOfPrefix(String prefix, int first, Dictionary dictionary) {
        int low = first;
        int high = dictionary.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            String value = dictionary.text(middle);
            if (value != null && value.startsWith(prefix)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The addresses whose text starts with `prefix`, where it is one to three whole octets, each
    /// with its dot: only then do they stand together.
    private static @Nullable Cidr blockOfPrefix(String prefix) {
        int octets = (int) prefix.chars().filter(c -> c == '.').count();
        if (octets < 1 || octets > 3 || !prefix.endsWith(".")) {
            return null;
        }
        IpAddress first = IpAddress.parse(prefix + "0.".repeat(3 - octets) + "0");
        if (first == null) {
            return null;
        }
        int bits = 96 + 8 * octets;
        return new Cidr(first, first.lastOfPrefix(bits), true);
    }

    private static @Nullable BitSet contains(Expr left, Expr right, Dictionary dictionary) {
        String text = literal(left);
        boolean isAddress =
                right instanceof Expr.Cast cast
                        && cast.type() == BasicType.IPADDRESS
                        && isText(cast.operand());
        if (text == null || !isAddress || !dictionary.isAddresses()) {
            return null;
        }
        Cidr block = Cidr.parse(text);
        BitSet codes = new BitSet();
        addRange(block.first(), block.last(), dictionary, codes);
        if (!block.isV4()) {
            BitSet v4 = new BitSet();
            addRange(IpAddress.ofV4(0), IpAddress.ofV4(-1), dictionary, v4);
            codes.andNot(v4);
        }
        return codes;
    }

    private static void addRange(
            IpAddress first, IpAddress last, Dictionary dictionary, BitSet codes) {
        int from = dictionary.lowerBound(first);
        int to = dictionary.lowerBound(last);
        if (to < dictionary.size() && last.equals(dictionary.address(to))) {
            to++;
        }
        codes.set(from, Math.max(from, to));
    }

    private BitSet evaluate(Expr expr, Dictionary dictionary) {
        ExprNode node = ExprCompiler.compilePlain(expr);
        BitSet codes = new BitSet();
        int[] rows = new int[Limits.BATCH_ROWS + 1];
        for (int from = 0; from < dictionary.size(); from += Limits.BATCH_ROWS) {
            context.check();
            Allowance.current().take();
            int count = Math.min(Limits.BATCH_ROWS, dictionary.size() - from);
            int[] batch = new int[count];
            for (int i = 0; i < count; i++) {
                batch[i] = from + i;
            }
            Vector[] columns = {new Vector.Codes(batch, dictionary)};
            Vector flags = node.evaluate(new VectorBatch(count, columns));
            int passing = Selection.ofTrue(flags, count, rows);
            for (int i = 0; i < passing; i++) {
                codes.set(from + rows[i]);
            }
        }
        return codes;
    }
}
