// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Functions of vectors of DOUBLE, dense in arrays or sparse in maps.
final class VectorFunctions {
    private static final String DENSE = "array(double), array(double)";
    private static final String SPARSE = "map(varchar, double), map(varchar, double)";

    private VectorFunctions() {}

    static List<Definition> definitions() {
        Definitions vectors = new Definitions(Definition.Kind.NUMBER);
        vectors.define("dot_product", DENSE, "double", "Sum of the products of two vectors")
                .is(a -> dot(first(a), second(a)));
        vectors.define("euclidean_distance", DENSE, "double", "How far two vectors are apart")
                .is(a -> distance(first(a), second(a)));
        String cosine = "Cosine of the angle between two vectors";
        vectors.define("cosine_similarity", DENSE, "double", cosine)
                .is(a -> cosine(first(a), second(a)));
        vectors.define("cosine_similarity", SPARSE, "double", cosine)
                .is(a -> sparseCosine(Args.map(a, 0), Args.map(a, 1)));
        String distance = "1 less the cosine of the angle between two vectors";
        vectors.define("cosine_distance", DENSE, "double", distance)
                .is(a -> fromOne(cosine(first(a), second(a))));
        vectors.define("cosine_distance", SPARSE, "double", distance)
                .is(a -> fromOne(sparseCosine(Args.map(a, 0), Args.map(a, 1))));
        return vectors.list();
    }

    private static List<@Nullable Object> first(@Nullable Object[] arguments) {
        return Args.list(arguments, 0);
    }

    private static List<@Nullable Object> second(@Nullable Object[] arguments) {
        List<@Nullable Object> second = Args.list(arguments, 1);
        if (second.size() != first(arguments).size()) {
            throw Args.invalid(
                    "The vectors must have the same length: %d, %d"
                            .formatted(first(arguments).size(), second.size()));
        }
        return second;
    }

    private static double number(@Nullable Object element) {
        return element == null ? 0 : (Double) element;
    }

    private static double dot(List<@Nullable Object> left, List<@Nullable Object> right) {
        double sum = 0;
        for (int i = 0; i < left.size(); i++) {
            sum += number(left.get(i)) * number(right.get(i));
        }
        return sum;
    }

    private static double distance(List<@Nullable Object> left, List<@Nullable Object> right) {
        double sum = 0;
        for (int i = 0; i < left.size(); i++) {
            double difference = number(left.get(i)) - number(right.get(i));
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    private static @Nullable Double cosine(
            List<@Nullable Object> left, List<@Nullable Object> right) {
        if (left.contains(null) || right.contains(null)) {
            return null;
        }
        double squares = dot(left, left);
        double otherSquares = dot(right, right);
        if (squares == 0 || otherSquares == 0) {
            throw Args.invalid("A vector of zeros has no direction");
        }
        return dot(left, right) / (Math.sqrt(squares) * Math.sqrt(otherSquares));
    }

    private static @Nullable Double sparseCosine(
            Map<Object, @Nullable Object> left, Map<Object, @Nullable Object> right) {
        if (left.containsValue(null) || right.containsValue(null)) {
            return null;
        }
        double product = 0;
        for (Map.Entry<Object, @Nullable Object> entry : left.entrySet()) {
            product += number(entry.getValue()) * number(right.get(entry.getKey()));
        }
        return product / (norm(left) * norm(right));
    }

    private static double norm(Map<Object, @Nullable Object> vector) {
        double squares = 0;
        for (Object element : vector.values()) {
            squares += number(element) * number(element);
        }
        return Math.sqrt(squares);
    }

    private static @Nullable Double fromOne(@Nullable Double cosine) {
        return cosine == null ? (Double) null : Double.valueOf(1 - cosine);
    }
}
