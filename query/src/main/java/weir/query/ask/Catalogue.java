// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.query.fault.NearWords;

/// Questions by name. Immutable; safe for many threads.
public final class Catalogue {
    private final Map<String, Question> questions;

    private Catalogue(Map<String, Question> questions) {
        this.questions = questions;
    }

    /// The questions that come with the program, read once.
    public static Catalogue builtIn() {
        return BuiltIn.CATALOGUE;
    }

    /// Read by the first who asks.
    private static final class BuiltIn {
        static final Catalogue CATALOGUE = of(QuestionSource.ofProgram());
    }

    static Catalogue of(Collection<Question> questions) {
        Map<String, Question> byName = new LinkedHashMap<>();
        questions.forEach(question -> byName.put(question.name(), question));
        return new Catalogue(byName);
    }

    /// These and those of the files `NAME.sql` in `folder` and the folders in it; a question takes
    /// the place of one with its name.
    ///
    /// @throws AskException when the folder cannot be read or a file in it is no question, naming
    ///   the file
    public Catalogue with(Path folder) {
        Map<String, Question> more = new LinkedHashMap<>(questions);
        for (Question question : QuestionSource.ofFolder(folder)) {
            more.put(question.name(), question);
        }
        return new Catalogue(more);
    }

    /// All questions: themes one behind the other, in each of them in the order of the catalogue.
    public List<Question> questions() {
        return themes().stream().flatMap(theme -> questions(theme).stream()).toList();
    }

    /// The themes, in the order of the catalogue.
    public List<String> themes() {
        Set<String> themes = new LinkedHashSet<>();
        questions.values().forEach(question -> themes.add(question.guide().theme()));
        return List.copyOf(themes);
    }

    /// The questions of one theme.
    public List<Question> questions(String theme) {
        return questions.values().stream()
                .filter(question -> question.guide().theme().equals(theme))
                .toList();
    }

    /// The question called `name`, or null.
    public @Nullable Question find(String name) {
        return questions.get(name);
    }

    /// The question called `name`.
    ///
    /// @throws AskException when there is none, with the names that may have been meant
    public Question question(String name) {
        Question question = questions.get(name);
        if (question == null) {
            List<String> near = near(name);
            throw new AskException(
                    AskException.Reason.UNKNOWN_NAME,
                    "there is no question '"
                            + name
                            + "'"
                            + (near.isEmpty()
                                    ? "; weir ask lists them"
                                    : "; did you mean " + String.join(" or ", near) + "?"));
        }
        return question;
    }

    /// The names that may have been meant: near in spelling, else those with one of its words, or
    /// in the theme of that name.
    private List<String> near(String name) {
        List<String> near = NearWords.of(name, questions.keySet());
        if (!near.isEmpty()) {
            return near;
        }
        Set<String> words = Set.of(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"));
        return questions.values().stream()
                .filter(question ->
                        words.contains(question.guide().theme())
                                || words.stream().anyMatch(word -> isIn(question.name(), word)))
                .map(Question::name)
                .toList();
    }

    private static boolean isIn(String name, String word) {
        return word.length() > 2 && name.contains(word);
    }
}
