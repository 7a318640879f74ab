// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import weir.query.fault.NearWords;

/// A named question. Immutable; safe for many threads.
///
/// ```java
/// Question scans = Catalogue.builtIn().question("port-scans");
/// String sql = scans.sql(Map.of("ports", "50", "from", "-24h"), NewestRecord.of(snapshot));
/// ```
public final class Question {
    private final String name;
    private final Guide guide;
    private final Needs needs;
    private final List<Parameter> parameters;
    private final SqlTemplate template;

    Question(
            String name,
            Guide guide,
            Needs needs,
            List<Parameter> parameters,
            SqlTemplate template) {
        this.name = name;
        this.guide = guide;
        this.needs = needs;
        this.parameters = List.copyOf(parameters);
        this.template = template;
    }

    /// What it is asked by: small letters, digits and hyphens.
    public String name() {
        return name;
    }

    /// How its answer is to be read.
    public Guide guide() {
        return guide;
    }

    /// What it needs of a store.
    public Needs needs() {
        return needs;
    }

    /// What may be chosen, in the order of its file.
    public List<Parameter> parameters() {
        return parameters;
    }

    /// The SQL with these values, and defaults for the others: one SELECT without `;`.
    ///
    /// @param values by the names of parameters, as they would be typed: `ports` to `50`, `from` to
    ///   `-24h`
    /// @param newest epoch seconds of the newest record, asked only when a time counts back from
    ///   there; [NewestRecord] knows it of a store
    /// @throws AskException when there is no such parameter, a value is none of its type, or a
    ///   parameter without a default has none
    public String sql(Map<String, String> values, LongSupplier newest) {
        for (String given : values.keySet()) {
            if (parameters.stream().noneMatch(known -> known.name().equals(given))) {
                throw unknown(given);
            }
        }
        Map<String, String> literals = new HashMap<>();
        for (Parameter parameter : parameters) {
            String text = values.getOrDefault(parameter.name(), parameter.defaultText());
            if (text == null) {
                throw new AskException(
                        AskException.Reason.BAD_VALUE,
                        name
                                + " needs a value for "
                                + parameter.name()
                                + ", "
                                + parameter.description()
                                + ": "
                                + parameter.name()
                                + "="
                                + parameter.type().example());
            }
            String literal = parameter.literal(text, newest);
            if (literal.equals("0") && template.isDivisor(parameter.name())) {
                throw new AskException(
                        AskException.Reason.BAD_VALUE,
                        parameter.name() + "=0: expected a whole number above 0");
            }
            literals.put(parameter.name(), literal);
        }
        return template.fill(each -> literals.getOrDefault(each, each));
    }

    private AskException unknown(String given) {
        List<String> known = parameters.stream().map(Parameter::name).toList();
        List<String> near = NearWords.of(given, known);
        if (known.isEmpty()) {
            return new AskException(
                    AskException.Reason.UNKNOWN_NAME,
                    name + " has no parameters, and '" + given + "' is given");
        }
        return new AskException(
                AskException.Reason.UNKNOWN_NAME,
                name
                        + " has no parameter '"
                        + given
                        + "'; "
                        + (near.isEmpty()
                                ? "it has " + String.join(", ", known)
                                : "did you mean " + String.join(" or ", near) + "?"));
    }

    @Override
    public String toString() {
        return name;
    }
}
