// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import io.trino.sql.ExpressionFormatter;
import io.trino.sql.tree.ArithmeticBinaryExpression;
import io.trino.sql.tree.ArithmeticUnaryExpression;
import io.trino.sql.tree.Array;
import io.trino.sql.tree.AstVisitor;
import io.trino.sql.tree.AtTimeZone;
import io.trino.sql.tree.BinaryLiteral;
import io.trino.sql.tree.BooleanLiteral;
import io.trino.sql.tree.Cast;
import io.trino.sql.tree.CoalesceExpression;
import io.trino.sql.tree.CurrentDate;
import io.trino.sql.tree.CurrentTimestamp;
import io.trino.sql.tree.DecimalLiteral;
import io.trino.sql.tree.DereferenceExpression;
import io.trino.sql.tree.DoubleLiteral;
import io.trino.sql.tree.ExistsPredicate;
import io.trino.sql.tree.Expression;
import io.trino.sql.tree.Extract;
import io.trino.sql.tree.Format;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.GenericLiteral;
import io.trino.sql.tree.GroupingOperation;
import io.trino.sql.tree.Identifier;
import io.trino.sql.tree.IfExpression;
import io.trino.sql.tree.IntervalLiteral;
import io.trino.sql.tree.LambdaExpression;
import io.trino.sql.tree.LocalTimestamp;
import io.trino.sql.tree.LogicalExpression;
import io.trino.sql.tree.LongLiteral;
import io.trino.sql.tree.Node;
import io.trino.sql.tree.NotExpression;
import io.trino.sql.tree.NullIfExpression;
import io.trino.sql.tree.NullLiteral;
import io.trino.sql.tree.Parameter;
import io.trino.sql.tree.Predicated;
import io.trino.sql.tree.QualifiedName;
import io.trino.sql.tree.Query;
import io.trino.sql.tree.Row;
import io.trino.sql.tree.SearchedCaseExpression;
import io.trino.sql.tree.SimpleCaseExpression;
import io.trino.sql.tree.StringLiteral;
import io.trino.sql.tree.SubqueryExpression;
import io.trino.sql.tree.SubscriptExpression;
import io.trino.sql.tree.Trim;
import io.trino.sql.tree.TryExpression;
import io.trino.sql.tree.WhenClause;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import weir.query.expr.Expr;
import weir.query.expr.ScalarFunction;
import weir.query.fault.QueryException.Code;
import weir.query.function.FunctionLibrary;
import weir.query.plan.ConstantFolding;
import weir.query.plan.TimeUnits;
import weir.query.type.BasicType;
import weir.query.type.Binary;
import weir.query.type.SqlType;
import weir.query.type.Timestamps;
import weir.query.value.Allowance;

/// Expressions of one clause of one SELECT: names resolved, types checked, coercions made casts.
///
/// Every kind of syntax has its method here or is refused by name: what no method takes falls to
/// [#visitNode]. Confined to one thread.
final class ExpressionBinder extends AstVisitor<Expr, Void> {
    private static final int NAME_PARTS_MAX = 100;

    private final Names names;
    private final Clause clause;
    private final Session session;
    private final @Nullable Aggregates aggregates;
    private final @Nullable Subqueries subqueries;
    private final PredicateBinder predicates = new PredicateBinder(this);
    private final FunctionBinder functions = new FunctionBinder(this);
    private final LambdaScopes lambdas = new LambdaScopes();
    private boolean isInAggregate;
    private @Nullable String windowPart;

    /// @param aggregates takes the aggregates; null where none may stand
    ExpressionBinder(Names names, Clause clause, Session session, @Nullable Aggregates aggregates) {
        this(names, clause, session, aggregates, null);
    }

    /// @param subqueries takes the subqueries; null where none may stand
    ExpressionBinder(
            Names names,
            Clause clause,
            Session session,
            @Nullable Aggregates aggregates,
            @Nullable Subqueries subqueries) {
        this.names = names;
        this.clause = clause;
        this.session = session;
        this.aggregates = aggregates;
        this.subqueries = subqueries;
    }

    /// Binds an expression.
    Expr bind(Expression expression) {
        Allowance.current().step();
        return process(expression);
    }

    /// Binds a condition.
    Expr bindCondition(Expression expression) {
        Expr condition = bind(expression);
        if (!TypeCoercion.isCoercible(condition.type(), BasicType.BOOLEAN)) {
            throw Problem.mismatch(
                    expression,
                    (clause == Clause.SELECT ? "The condition" : clause.text() + " clause")
                            + " must evaluate to a boolean: actual type "
                            + condition.type().displayName());
        }
        return TypeCoercion.coerce(condition, BasicType.BOOLEAN);
    }

    Clause clause() {
        return clause;
    }

    long nowMillis() {
        return session.nowMillis();
    }

    /// The functions that can be named.
    FunctionLibrary library() {
        return session.library();
    }

    @Nullable Aggregates aggregates() {
        return aggregates;
    }

    boolean isInAggregate() {
        return isInAggregate;
    }

    /// Binds an argument of an aggregate.
    Expr bindInAggregate(Expression expression) {
        isInAggregate = true;
        try {
            return bind(expression);
        } finally {
            isInAggregate = false;
        }
    }

    /// Which part of a window function is being bound; null when none is.
    @Nullable String windowPart() {
        return windowPart;
    }

    /// Binds `part` of a window function.
    Expr bindInWindow(Expression expression, String part) {
        windowPart = part;
        try {
            return bind(expression);
        } finally {
            windowPart = null;
        }
    }

    /// SQL text of an expression, for messages.
    static String text(Expression expression) {
        return ExpressionFormatter.formatExpression(expression);
    }

    @Override
    protected Expr visitNode(Node node, @Nullable Void context) {
        throw Problem.unsupported(node);
    }

    @Override
    protected Expr visitParameter(Parameter node, @Nullable Void context) {
        return session.parameter(node);
    }

    // Literals.

    @Override
    protected Expr visitLongLiteral(LongLiteral node, @Nullable Void context) {
        long value = node.getParsedValue();
        return new Expr.Literal(value == (int) value ? BasicType.INTEGER : BasicType.BIGINT, value);
    }

    @Override
    protected Expr visitDecimalLiteral(DecimalLiteral node, @Nullable Void context) {
        return decimal(node, node.getValue());
    }

    private static Expr decimal(Node node, String text) {
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw Problem.mismatch(node, "'" + text + "' is not a valid DECIMAL literal");
        }
        int scale = Math.max(0, value.scale());
        int whole = Math.max(0, value.precision() - value.scale());
        int precision = Math.max(1, Math.max(whole + scale, scale));
        if (precision > SqlType.Decimal.PRECISION_MAX) {
            throw Problem.mismatch(node, "a DECIMAL literal has at most 38 digits");
        }
        return new Expr.Literal(new SqlType.Decimal(precision, scale), value.setScale(scale));
    }

    @Override
    protected Expr visitDoubleLiteral(DoubleLiteral node, @Nullable Void context) {
        return new Expr.Literal(BasicType.DOUBLE, node.getValue());
    }

    @Override
    protected Expr visitStringLiteral(StringLiteral node, @Nullable Void context) {
        return new Expr.Literal(BasicType.VARCHAR, node.getValue());
    }

    @Override
    protected Expr visitBinaryLiteral(BinaryLiteral node, @Nullable Void context) {
        return new Expr.Literal(BasicType.VARBINARY, new Binary(node.getValue()));
    }

    @Override
    protected Expr visitBooleanLiteral(BooleanLiteral node, @Nullable Void context) {
        return new Expr.Literal(BasicType.BOOLEAN, node.getValue() ? 1L : 0L);
    }

    @Override
    protected Expr visitNullLiteral(NullLiteral node, @Nullable Void context) {
        return new Expr.Literal(BasicType.UNKNOWN, null);
    }

    @Override
    protected Expr visitGenericLiteral(GenericLiteral node, @Nullable Void context) {
        String text = node.getValue();
        SqlType type =
                switch (node.getType().toUpperCase(Locale.ROOT)) {
                    case "DATE" -> BasicType.DATE;
                    case "TIMESTAMP" -> BasicType.TIMESTAMP;
                    case "DECIMAL" -> BasicType.UNKNOWN;
                    case "VARCHAR" -> BasicType.VARCHAR;
                    case "TINYINT" -> BasicType.TINYINT;
                    case "SMALLINT" -> BasicType.SMALLINT;
                    case "INTEGER", "INT" -> BasicType.INTEGER;
                    case "BIGINT" -> BasicType.BIGINT;
                    case "REAL" -> BasicType.REAL;
                    case "DOUBLE" -> BasicType.DOUBLE;
                    case "BOOLEAN" -> BasicType.BOOLEAN;
                    case "IPADDRESS" -> BasicType.IPADDRESS;
                    case "IPPREFIX" -> BasicType.IPPREFIX;
                    case "CHAR" -> new SqlType.Char(text.codePointCount(0, text.length()));
                    default ->
                            throw Problem.unsupported(node, "A literal of type " + node.getType());
                };
        return switch (type) {
            case BasicType.DATE -> TemporalText.date(node, text);
            case BasicType.TIMESTAMP -> TemporalText.timestamp(node, text);
            case BasicType.UNKNOWN -> decimal(node, text);
            default -> TypeCoercion.coerce(new Expr.Literal(BasicType.VARCHAR, text), type);
        };
    }

    @Override
    protected Expr visitIntervalLiteral(IntervalLiteral node, @Nullable Void context) {
        return TemporalText.interval(node);
    }

    @Override
    protected Expr visitCurrentTimestamp(CurrentTimestamp node, @Nullable Void context) {
        return now(node, node.getPrecision().orElse(3), Timestamps.UTC);
    }

    @Override
    protected Expr visitLocalTimestamp(LocalTimestamp node, @Nullable Void context) {
        return now(node, node.getPrecision().orElse(3), null);
    }

    private Expr now(Node node, int precision, @Nullable String zone) {
        if (precision > Timestamps.PRECISION_MAX) {
            throw Problem.unsupported(node, "A timestamp finer than milliseconds");
        }
        SqlType type = Timestamps.of(precision, zone);
        return new Expr.Literal(type, Timestamps.round(nowMillis(), type));
    }

    @Override
    protected Expr visitCurrentDate(CurrentDate node, @Nullable Void context) {
        return new Expr.Literal(BasicType.DATE, Math.floorDiv(nowMillis(), TimeUnits.MILLIS_A_DAY));
    }

    // Names.

    @Override
    protected Expr visitIdentifier(Identifier node, @Nullable Void context) {
        Expr.Variable parameter = lambdas.find(node);
        return parameter != null
                ? parameter
                : names.resolve(node, List.of(), node, clause, isInAggregate);
    }

    /// A name's parts are taken together in time that grows with their third power.
    private static void requireFewParts(DereferenceExpression node) {
        int parts = 1;
        for (Node base = node; base instanceof DereferenceExpression part; base = part.getBase()) {
            if (++parts > NAME_PARTS_MAX) {
                throw Problem.at(
                        node,
                        Code.LIMIT_EXCEEDED,
                        "A name has at most " + NAME_PARTS_MAX + " parts");
            }
        }
    }

    /// A column with what its table is called, or a field of a row, or both: the longest name that
    /// is one of a column decides.
    @Override
    protected Expr visitDereferenceExpression(DereferenceExpression node, @Nullable Void context) {
        requireFewParts(node);
        QualifiedName name = DereferenceExpression.getQualifiedName(node);
        if (name == null) {
            Identifier field = node.getField().orElse(null);
            if (field == null) {
                throw Problem.unsupported(node, "A field of a value");
            }
            return Fields.named(node, bind(node.getBase()), field.getValue());
        }
        List<Identifier> parts = name.getOriginalParts();
        Expr.Variable parameter = lambdas.find(parts.getFirst());
        if (parameter != null) {
            return fields(node, parameter, parts.subList(1, parts.size()));
        }
        int length = parts.size();
        while (length > 0 && !names.isKnown(prefix(parts, length), parts.get(length - 1))) {
            length--;
        }
        int known = length == 0 ? parts.size() : length;
        Expr column =
                names.resolve(
                        node, prefix(parts, known), parts.get(known - 1), clause, isInAggregate);
        return fields(node, column, parts.subList(known, parts.size()));
    }

    private static List<String> prefix(List<Identifier> parts, int length) {
        return parts.subList(0, length - 1).stream().map(Identifier::getValue).toList();
    }

    private static Expr fields(Node node, Expr base, List<Identifier> names) {
        Expr value = base;
        for (Identifier name : names) {
            value = Fields.named(node, value, name.getValue());
        }
        return value;
    }

    // Values that hold others.

    @Override
    protected Expr visitArray(Array node, @Nullable Void context) {
        List<Expr> elements =
                bindToCommonType(
                        node.getValues(),
                        "All ARRAY elements must be the same type or coercible to a common");
        SqlType element = elements.isEmpty() ? BasicType.UNKNOWN : elements.getFirst().type();
        return new Expr.Call(
                ScalarFunction.ARRAY_OF, List.copyOf(elements), new SqlType.Array(element));
    }

    @Override
    protected Expr visitRow(Row node, @Nullable Void context) {
        List<Expr> values = new ArrayList<>();
        List<SqlType.Row.Field> fields = new ArrayList<>();
        for (Row.Field field : node.getFields()) {
            Expr value = bind(field.getExpression());
            values.add(value);
            String name = field.getName().map(Identifier::getCanonicalValue).orElse(null);
            fields.add(new SqlType.Row.Field(name, value.type()));
        }
        return new Expr.Call(ScalarFunction.ROW_OF, List.copyOf(values), new SqlType.Row(fields));
    }

    @Override
    protected Expr visitSubscriptExpression(SubscriptExpression node, @Nullable Void context) {
        return Fields.subscript(node, bind(node.getBase()), node.getIndex(), bind(node.getIndex()));
    }

    @Override
    protected Expr visitLambdaExpression(LambdaExpression node, @Nullable Void context) {
        throw Problem.mismatch(node, "Lambda expression should always be used inside a function");
    }

    /// Binds a lambda whose parameters have these types.
    Expr.Lambda bindLambda(LambdaExpression node, List<SqlType> types) {
        int first = lambdas.open(node, types);
        try {
            return new Expr.Lambda(first, types.size(), bind(node.getBody()));
        } finally {
            lambdas.close();
        }
    }

    /// Whether the place is inside of a lambda.
    boolean isInLambda() {
        return lambdas.isOpen();
    }

    // Arithmetic.

    @Override
    protected Expr visitArithmeticUnary(ArithmeticUnaryExpression node, @Nullable Void context) {
        Expr operand = bind(node.getValue());
        if (!operand.type().isNumeric() && !operand.type().isInterval()) {
            throw Problem.mismatch(
                    node,
                    "Cannot apply operator: "
                            + (node.getSign() == ArithmeticUnaryExpression.Sign.MINUS ? "-" : "+")
                            + operand.type().displayName());
        }
        return node.getSign() == ArithmeticUnaryExpression.Sign.MINUS
                ? FunctionCallSite.of(ScalarFunction.NEGATE, operand.type(), operand)
                : operand;
    }

    @Override
    protected Expr visitArithmeticBinary(ArithmeticBinaryExpression node, @Nullable Void context) {
        boolean isMinus = node.getOperator() == ArithmeticBinaryExpression.Operator.SUBTRACT;
        if (isMinus) {
            names.requireNoHyphenatedName(node, differenceTerms(node));
        }
        ScalarFunction function =
                switch (node.getOperator()) {
                    case ADD -> ScalarFunction.ADD;
                    case SUBTRACT -> ScalarFunction.SUBTRACT;
                    case MULTIPLY -> ScalarFunction.MULTIPLY;
                    case DIVIDE -> ScalarFunction.DIVIDE;
                    case MODULO -> ScalarFunction.MODULUS;
                };
        Expr left = bind(node.getLeft());
        Expr right = bind(node.getRight());
        Expr result = TimeArithmetic.of(node, function, left, right);
        if (result == null) {
            result = NumberFunctions.arithmetic(function, left, right);
        }
        if (result == null) {
            throw Problem.mismatch(
                    node,
                    "Cannot apply operator: "
                            + left.type().displayName()
                            + " "
                            + node.getOperator().getValue()
                            + " "
                            + right.type().displayName()
                            + MismatchAdvice.ofArithmetic(left, right));
        }
        return result;
    }

    /// The terms of `a - b - c`.
    private static List<Expression> differenceTerms(Expression node) {
        List<Expression> terms = new ArrayList<>();
        Expression rest = node;
        while (rest instanceof ArithmeticBinaryExpression binary
                && binary.getOperator() == ArithmeticBinaryExpression.Operator.SUBTRACT) {
            terms.addFirst(binary.getRight());
            rest = binary.getLeft();
        }
        terms.addFirst(rest);
        return terms;
    }

    // Logic.

    @Override
    protected Expr visitLogicalExpression(LogicalExpression node, @Nullable Void context) {
        List<Expr> parts = new ArrayList<>();
        for (Expression term : node.getTerms()) {
            parts.add(bindLogical(term, node.getOperator().name()));
        }
        return node.getOperator() == LogicalExpression.Operator.AND
                ? new Expr.And(List.copyOf(parts))
                : new Expr.Or(List.copyOf(parts));
    }

    @Override
    protected Expr visitNotExpression(NotExpression node, @Nullable Void context) {
        return new Expr.Not(bindLogical(node.getValue(), "NOT"));
    }

    private Expr bindLogical(Expression term, String operator) {
        Expr part = bind(term);
        if (!TypeCoercion.isCoercible(part.type(), BasicType.BOOLEAN)) {
            throw Problem.mismatch(
                    term, operator + " takes conditions, and this is " + part.type().displayName());
        }
        return TypeCoercion.coerce(part, BasicType.BOOLEAN);
    }

    // Subqueries.

    /// A subquery that stands at `node`, to be bound.
    Subquery subquery(Node node, Query query) {
        if (subqueries == null) {
            throw Problem.unsupported(node, "A subquery in this place");
        }
        return subqueries.bind(node, query, new Correlation(names, clause, isInAggregate));
    }

    @Override
    protected Expr visitSubqueryExpression(SubqueryExpression node, @Nullable Void context) {
        return subquery(node, node.getQuery()).value();
    }

    @Override
    protected Expr visitExists(ExistsPredicate node, @Nullable Void context) {
        if (!(node.getSubquery() instanceof SubqueryExpression query)) {
            throw Problem.unsupported(node);
        }
        return subquery(node, query.getQuery()).exists();
    }

    @Override
    protected Expr visitPredicated(Predicated node, @Nullable Void context) {
        return predicates.bind(bind(node.getValue()), node.getPredicate());
    }

    // Choices.

    @Override
    protected Expr visitSearchedCaseExpression(
            SearchedCaseExpression node, @Nullable Void context) {
        List<Expr> conditions = new ArrayList<>();
        for (WhenClause when : node.getWhenClauses()) {
            if (!(when.getMatch() instanceof WhenClause.Operand match)) {
                throw Problem.unsupported(when);
            }
            conditions.add(bindLogical(match.expression(), "CASE WHEN"));
        }
        return choice(conditions, node.getWhenClauses(), node.getDefaultValue().orElse(null));
    }

    @Override
    protected Expr visitSimpleCaseExpression(SimpleCaseExpression node, @Nullable Void context) {
        Expr operand = PredicateBinder.repeated(node, bind(node.getOperand()));
        List<Expr> conditions = new ArrayList<>();
        for (WhenClause when : node.getWhenClauses()) {
            conditions.add(
                    switch (when.getMatch()) {
                        case WhenClause.Operand match ->
                                predicates.comparison(
                                        match.expression(),
                                        ScalarFunction.EQUAL,
                                        operand,
                                        bind(match.expression()));
                        case WhenClause.Partial match ->
                                predicates.bind(operand, match.predicate());
                        default -> throw Problem.unsupported(when);
                    });
        }
        return choice(conditions, node.getWhenClauses(), node.getDefaultValue().orElse(null));
    }

    private Expr choice(
            List<Expr> conditions, List<WhenClause> whens, @Nullable Expression otherwise) {
        List<Expression> results = new ArrayList<>();
        for (WhenClause when : whens) {
            results.add(when.getResult());
        }
        if (otherwise != null) {
            results.add(otherwise);
        }
        List<Expr> values =
                bindToCommonType(
                        results, "All CASE results must be the same type or coercible to a common");
        SqlType type = values.getFirst().type();
        List<Expr.When> branches = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            branches.add(new Expr.When(conditions.get(i), values.get(i)));
        }
        Expr last = otherwise == null ? new Expr.Literal(type, null) : values.getLast();
        return new Expr.Case(List.copyOf(branches), last, type);
    }

    /// Binds expressions that must have one type.
    List<Expr> bindToCommonType(List<? extends Expression> nodes, String rule) {
        List<Expr> values = new ArrayList<>();
        SqlType type = BasicType.UNKNOWN;
        for (Expression node : nodes) {
            Expr value = bind(node);
            SqlType common = TypeCoercion.common(type, value.type());
            if (common == null) {
                throw Problem.mismatch(
                        node,
                        rule
                                + " type. Cannot find common type between "
                                + type.displayName()
                                + " and "
                                + value.type().displayName());
            }
            TimeFunctions.requireOneZone(node, type, value.type());
            type = common;
            values.add(value);
        }
        SqlType result = type;
        return values.stream().map(value -> TypeCoercion.coerce(value, result)).toList();
    }

    @Override
    protected Expr visitIfExpression(IfExpression node, @Nullable Void context) {
        Expr condition = bindLogical(node.getCondition(), "IF");
        List<Expression> results = new ArrayList<>();
        results.add(node.getTrueValue());
        node.getFalseValue().ifPresent(results::add);
        List<Expr> values =
                bindToCommonType(
                        results, "Result types for IF must be the same or coercible to a common");
        SqlType type = values.getFirst().type();
        Expr otherwise = values.size() == 1 ? new Expr.Literal(type, null) : values.get(1);
        return new Expr.Case(List.of(new Expr.When(condition, values.getFirst())), otherwise, type);
    }

    @Override
    protected Expr visitNullIfExpression(NullIfExpression node, @Nullable Void context) {
        Expr first = PredicateBinder.repeated(node, bind(node.getFirst()));
        Expr isEqual =
                predicates.comparison(node, ScalarFunction.EQUAL, first, bind(node.getSecond()));
        return new Expr.Case(
                List.of(new Expr.When(isEqual, new Expr.Literal(first.type(), null))),
                first,
                first.type());
    }

    @Override
    protected Expr visitCoalesceExpression(CoalesceExpression node, @Nullable Void context) {
        List<Expr> values =
                bindToCommonType(
                        node.getOperands(),
                        "All COALESCE operands must be the same type or coercible to a common");
        return new Expr.Coalesce(values, values.getFirst().type());
    }

    // Conversions and functions.

    @Override
    protected Expr visitCast(Cast node, @Nullable Void context) {
        Expr operand = bind(node.getExpression());
        SqlType type = TypeBinder.bind(node.getType());
        if (!TypeCoercion.isCastable(operand.type(), type)) {
            throw Problem.mismatch(
                    node,
                    "Cannot cast "
                            + operand.type().displayName()
                            + " to "
                            + type.displayName()
                            + MismatchAdvice.ofCast(operand.type(), type));
        }
        Expr cast = ConstantFolding.cast(operand, type, node.isSafe());
        long lengthMax = TypeBinder.textLengthMax(node.getType());
        if (lengthMax < 0) {
            return cast;
        }
        return atMost(lengthMax, operand.type(), cast, node.isSafe());
    }

    /// A text of at most so many characters: texts are cut, and what is made a text has to fit.
    private static Expr atMost(long length, SqlType from, Expr text, boolean isTry) {
        Expr limit = new Expr.Literal(BasicType.BIGINT, length);
        boolean isText =
                from == BasicType.VARCHAR
                        || from == BasicType.UNKNOWN
                        || from instanceof SqlType.Char;
        if (isText) {
            return FunctionCallSite.of(
                    ScalarFunction.SUBSTR,
                    BasicType.VARCHAR,
                    text,
                    new Expr.Literal(BasicType.BIGINT, 1L),
                    limit);
        }
        Expr fitting = new Expr.Call(ScalarFunction.FIT, List.of(text, limit), BasicType.VARCHAR);
        return isTry ? new Expr.Try(fitting) : fitting;
    }

    @Override
    protected Expr visitTryExpression(TryExpression node, @Nullable Void context) {
        Expr operand = bind(node.getInnerExpression());
        return operand instanceof Expr.Literal ? operand : new Expr.Try(operand);
    }

    @Override
    protected Expr visitExtract(Extract node, @Nullable Void context) {
        String name =
                switch (node.getField()) {
                    case DAY_OF_MONTH -> "day";
                    case DOW -> "day_of_week";
                    case DOY -> "day_of_year";
                    case YOW -> "year_of_week";
                    default -> node.getField().name().toLowerCase(Locale.ROOT);
                };
        return functions.scalar(node, name, List.of(bind(node.getExpression())));
    }

    @Override
    protected Expr visitAtTimeZone(AtTimeZone node, @Nullable Void context) {
        return functions.scalar(
                node, "at_timezone", List.of(bind(node.getValue()), bind(node.getTimeZone())));
    }

    @Override
    protected Expr visitTrim(Trim node, @Nullable Void context) {
        String name =
                switch (node.getSpecification()) {
                    case BOTH -> "trim";
                    case LEADING -> "ltrim";
                    case TRAILING -> "rtrim";
                };
        List<Expr> arguments = new ArrayList<>();
        arguments.add(bind(node.getTrimSource()));
        node.getTrimCharacter().ifPresent(characters -> arguments.add(bind(characters)));
        return functions.scalar(node, name, arguments);
    }

    @Override
    protected Expr visitFormat(Format node, @Nullable Void context) {
        return functions.scalar(
                node, "format", node.getArguments().stream().map(this::bind).toList());
    }

    @Override
    protected Expr visitGroupingOperation(GroupingOperation node, @Nullable Void context) {
        Aggregates calls = aggregates;
        if (calls == null || !clause.hasAggregates() || isInAggregate) {
            throw Problem.at(
                    node,
                    Code.UNSUPPORTED,
                    clause.text()
                            + " clause cannot contain aggregations, window functions or grouping"
                            + " operations: ["
                            + text(node)
                            + "]");
        }
        int count = node.getGroupingColumns().size();
        if (count > Long.SIZE - 1) {
            throw Problem.at(
                    node,
                    Code.LIMIT_EXCEEDED,
                    "GROUPING supports up to " + (Long.SIZE - 1) + " column arguments");
        }
        List<Expr> keys = new ArrayList<>();
        node.getGroupingColumns().forEach(column -> keys.add(bind(column)));
        return calls.add(
                new Aggregates.Operation(List.copyOf(keys), node),
                count < Integer.SIZE ? BasicType.INTEGER : BasicType.BIGINT);
    }

    @Override
    protected Expr visitFunctionCall(FunctionCall node, @Nullable Void context) {
        return functions.bind(node);
    }
}
