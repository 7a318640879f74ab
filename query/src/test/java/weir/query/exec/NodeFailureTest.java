// SPDX-License-Identifier: Apache-2.0
package weir.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.type.BasicType;
import weir.query.type.SqlType;
import weir.query.value.Cidr;

/// A node over a part that can fail can fail.
class NodeFailureTest {
    private static ExprNode fails(SqlType type) {
        return new FunctionNode(List.of(), _ -> null, type, true, true);
    }

    private static ExprNode safe(SqlType type) {
        return new InputNode(0, type);
    }

    private static final Expr.Cast TRY_CAST =
            new Expr.Cast(new Expr.Input(0, BasicType.VARCHAR), BasicType.IPADDRESS, true);

    private static List<ExprNode> overFailingParts() {
        ExprNode flag = fails(BasicType.BOOLEAN);
        ExprNode number = fails(BasicType.BIGINT);
        ExprNode real = fails(BasicType.DOUBLE);
        ExprNode text = fails(BasicType.VARCHAR);
        ExprNode okFlag = safe(BasicType.BOOLEAN);
        ExprNode ok = safe(BasicType.BIGINT);
        ExprNode okReal = safe(BasicType.DOUBLE);
        return List.of(
                new AddressCastNode(text, TRY_CAST, true),
                new AddressTestNode(fails(BasicType.IPADDRESS), Cidr.parse("10.0.0.0/8")),
                new CaseNode(List.of(flag), List.of(ok), ok, BasicType.BIGINT),
                new CaseNode(List.of(okFlag), List.of(number), ok, BasicType.BIGINT),
                new CaseNode(List.of(okFlag), List.of(ok), number, BasicType.BIGINT),
                new CoalesceNode(List.of(ok, number), true, BasicType.BIGINT),
                DictionaryNode.among(new ArrayList<>(), text, () -> safe(BasicType.BIGINT)),
                DictionaryNode.among(new ArrayList<>(), safe(BasicType.VARCHAR), () -> text),
                new DoubleArithmeticNode(ScalarFunction.ADD, real, okReal),
                new DoubleArithmeticNode(ScalarFunction.ADD, okReal, real),
                new DoubleComparisonNode(ScalarFunction.EQUAL, real, okReal),
                new DoubleComparisonNode(ScalarFunction.EQUAL, okReal, real),
                new FailureCheckedNode(new Expr.Input(0, BasicType.BIGINT), number),
                new FromUnixTimeNode(ok),
                new FunctionNode(List.of(ok, number), _ -> null, BasicType.BIGINT, false, false),
                new InNode(text, List.of(safe(BasicType.VARCHAR))),
                new InNode(safe(BasicType.VARCHAR), List.of(text)),
                new IsNullNode(number),
                new JunctionNode(List.of(okFlag, flag), true),
                new LongArithmeticNode(ScalarFunction.ADD, ok, ok, BasicType.BIGINT),
                new LongComparisonNode(ScalarFunction.EQUAL, number, ok),
                new LongComparisonNode(ScalarFunction.EQUAL, ok, number),
                new LongExtremeNode(List.of(ok, number), true, BasicType.BIGINT),
                new LongFunctionNode(number, value -> value, BasicType.BIGINT),
                new LongInNode(number, new long[] {1}, false),
                new LongToDoubleNode(number, 1),
                new NotNode(flag),
                new SharedNode(number),
                new TextComparisonNode(ScalarFunction.EQUAL, text, safe(BasicType.VARCHAR)),
                new TextComparisonNode(ScalarFunction.EQUAL, safe(BasicType.VARCHAR), text),
                new TextTestNode(text, String::isEmpty),
                new TruncateNode(fails(BasicType.TIMESTAMP), 1000, BasicType.TIMESTAMP),
                new ValueInNode(text, Set.of("x"), false));
    }

    @Test
    void nodesOverPartsThatFailCanFail() {
        for (ExprNode node : overFailingParts()) {
            assertTrue(node.canFail(), node.getClass().getSimpleName());
        }
    }

    @Test
    void everyNodeWithPartsIsLookedAt() {
        Set<String> known = new TreeSet<>();
        known.add(ChoiceNode.class.getName()); // is made of parts that cannot fail alone
        known.add(ConstantNode.class.getName());
        known.add(InputNode.class.getName());
        known.add(RowwiseNode.class.getName());
        known.add(TryNode.class.getName());
        overFailingParts().forEach(node -> known.add(node.getClass().getName()));
        Set<String> all = new TreeSet<>();
        new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("weir.query.exec")
                        .stream()
                        .filter(type -> type.isAssignableTo(ExprNode.class))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .forEach(type -> all.add(type.getName()));
        assertEquals(all, known);
    }

    @Test
    void aTriedAddressCastOfAColumnCannotFail() {
        assertTrue(!new AddressCastNode(safe(BasicType.VARCHAR), TRY_CAST, false).canFail());
    }
}
