// SPDX-License-Identifier: Apache-2.0
package weir.cli.report;

import java.util.ArrayList;
import java.util.List;
import weir.cli.output.ResultWriter;
import weir.cli.output.Visible;
import weir.query.ask.Catalogue;
import weir.query.ask.Needs;
import weir.query.ask.Parameter;
import weir.query.ask.Question;
import weir.query.type.BasicType;

/// Questions described: their list, and the guide to one.
public final class QuestionReport {
    private static final int WIDTH = 88;

    private QuestionReport() {}

    /// The list for people: names and titles under their themes.
    public static String list(Catalogue catalogue) {
        int width =
                catalogue.questions().stream()
                        .mapToInt(question -> question.name().length())
                        .max()
                        .orElse(0);
        StringBuilder text = new StringBuilder();
        for (String theme : catalogue.themes()) {
            text.append(theme).append('\n');
            for (Question question : catalogue.questions(theme)) {
                String name = question.name();
                text.append("  ")
                        .append(name)
                        .repeat(' ', width - name.length() + 2)
                        .append(Visible.text(question.guide().title()))
                        .append('\n');
            }
            text.append('\n');
        }
        return text.append("weir ask NAME --explain says what an answer means and what may be")
                .append(" chosen.\n")
                .toString();
    }

    /// The list as rows of a result.
    public static void print(Catalogue catalogue, ResultWriter writer) {
        Rows rows =
                new Rows()
                        .column("theme", BasicType.VARCHAR)
                        .column("name", BasicType.VARCHAR)
                        .column("title", BasicType.VARCHAR)
                        .column("question", BasicType.VARCHAR);
        for (Question question : catalogue.questions()) {
            rows.add(
                    question.guide().theme(),
                    question.name(),
                    question.guide().title(),
                    question.guide().question());
        }
        rows.print(writer);
    }

    /// A question as an object.
    public static JsonObject json(Question question) {
        Needs needs = question.needs();
        JsonObject json =
                new JsonObject()
                        .put("name", question.name())
                        .put("title", question.guide().title())
                        .put("theme", question.guide().theme())
                        .put("question", question.guide().question())
                        .put("means", question.guide().means())
                        .put("not", question.guide().not())
                        .putTexts("mitre", question.guide().mitre())
                        .put("table", needs.table())
                        .putTexts("fields", needs.fields())
                        .putTexts("better_with", needs.betterWith())
                        .putTexts("context", needs.context())
                        .putTexts("better_with_context", needs.betterWithContext())
                        .put(
                                "parameters",
                                question.parameters().stream().map(QuestionReport::json).toList());
        String otherwise = needs.otherwise();
        return otherwise == null ? json : json.put("else", otherwise);
    }

    private static JsonObject json(Parameter parameter) {
        JsonObject json =
                new JsonObject()
                        .put("name", parameter.name())
                        .put("type", parameter.type().sqlName())
                        .put("description", parameter.description());
        String value = parameter.defaultText();
        return value == null ? json : json.put("default", value);
    }

    /// The guide to a question, for people.
    public static String explain(Question question) {
        StringBuilder text = new StringBuilder();
        text.append(Visible.text(question.guide().title())).append("\n\n");
        paragraph(text, "", question.guide().question());
        text.append('\n');
        paragraph(text, "What an answer means: ", question.guide().means());
        paragraph(text, "What it does not mean: ", question.guide().not());
        text.append('\n');
        parameters(text, question);
        Needs needs = question.needs();
        list(text, "Fields: ", needs.fields(), needs.betterWith());
        list(text, "Context: ", needs.context(), needs.betterWithContext());
        list(text, "MITRE ATT&CK: ", question.guide().mitre(), List.of());
        return text.toString();
    }

    private static void parameters(StringBuilder text, Question question) {
        List<Parameter> parameters = question.parameters();
        if (parameters.isEmpty()) {
            return;
        }
        text.append("Parameters, with their defaults:\n");
        int width = parameters.stream().mapToInt(each -> assignment(each).length()).max().orElse(0);
        for (Parameter parameter : parameters) {
            String left = assignment(parameter);
            text.append("  ").append(Visible.text(left)).repeat(' ', width - left.length() + 2);
            text.append("(").append(parameter.type().sqlName()).append(") ");
            text.append(Visible.text(parameter.description()));
            text.append(parameter.defaultText() == null ? "; has to be given\n" : "\n");
        }
        text.append('\n');
    }

    private static String assignment(Parameter parameter) {
        String value = parameter.defaultText();
        return parameter.name() + "=" + (value == null ? parameter.type().example() : value);
    }

    private static void list(
            StringBuilder text, String label, List<String> needed, List<String> better) {
        List<String> words = new ArrayList<>(needed);
        better.forEach(name -> words.add(name + " (better with it)"));
        if (!words.isEmpty()) {
            paragraph(text, label, String.join(", ", words));
        }
    }

    /// Lines of at most [#WIDTH] columns, the first behind `label`, the others indented by two.
    private static void paragraph(StringBuilder text, String label, String words) {
        StringBuilder line = new StringBuilder(label);
        boolean isEmpty = true;
        for (String word : Visible.text(words).strip().split(" +", -1)) {
            if (!isEmpty && line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder("  ");
                isEmpty = true;
            }
            line.append(isEmpty ? "" : " ").append(word);
            isEmpty = false;
        }
        text.append(line).append('\n');
    }
}
