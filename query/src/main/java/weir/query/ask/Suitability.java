// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.engine.TableSnapshot;
import weir.query.catalog.Catalog;
import weir.query.catalog.ContextTable;
import weir.query.catalog.Table;
import weir.query.catalog.TableColumn;

/// Whether a store has what a question needs.
public final class Suitability {
    private final Catalogue catalogue;
    private final Catalog store;

    /// @param catalogue where questions are found that work instead
    /// @param store the tables of the store
    public Suitability(Catalogue catalogue, Catalog store) {
        this.catalogue = catalogue;
        this.store = store;
    }

    /// Checks that `question` can be answered.
    ///
    /// @throws AskException when it cannot, with the fields or tables that are missing and the
    ///   nearest question that works
    public void require(Question question) {
        Needs needs = question.needs();
        if (hasNoRows(needs)) {
            throw lacking(question, "needs records in " + needs.table() + ", and there are none");
        }
        List<String> fields = missingFields(needs);
        if (!fields.isEmpty()) {
            throw lacking(
                    question,
                    "needs "
                            + counted(fields, "the field ", "the fields ")
                            + ", which these logs do not have");
        }
        List<String> context = missingContext(needs);
        if (!context.isEmpty()) {
            throw lacking(
                    question,
                    "needs "
                            + counted(context, "the table ", "the tables ")
                            + " of context; weir context add FILE keeps "
                            + (context.size() == 1 ? "it" : "them")
                            + " in the store, --context FILE is for one command; "
                            + sources(context));
        }
    }

    /// Whether `question` can be answered.
    public boolean isMet(Question question) {
        Needs needs = question.needs();
        return !hasNoRows(needs)
                && missingFields(needs).isEmpty()
                && missingContext(needs).isEmpty();
    }

    private boolean hasNoRows(Needs needs) {
        Table table = table(needs.table());
        return table == null
                || (table.source() instanceof Table.Segments(TableSnapshot rows)
                        && rows.segments().isEmpty());
    }

    /// Where tables of context come from.
    private static String sources(List<String> names) {
        List<String> sources = new ArrayList<>();
        for (String name : names) {
            ContextTable table = ContextTable.named(name);
            if (table != null) {
                sources.add(table.source());
            }
        }
        return "FILE is " + String.join(" and ", sources);
    }

    private AskException lacking(Question question, String why) {
        Question other = nearest(question);
        return new AskException(
                AskException.Reason.LACKING,
                question.name()
                        + " "
                        + why
                        + (other == null
                                ? ""
                                : "; "
                                        + other.name()
                                        + " works: weir ask "
                                        + other.name()
                                        + " ("
                                        + other.guide().title()
                                        + ")"));
    }

    /// The question to ask instead: the one that the file names, else the one that this names, and
    /// so on, else the first of its theme.
    private @Nullable Question nearest(Question question) {
        Set<String> seen = new HashSet<>(Set.of(question.name()));
        String name = question.needs().otherwise();
        while (name != null && seen.add(name)) {
            Question other = catalogue.find(name);
            if (other == null) {
                break;
            }
            if (isMet(other)) {
                return other;
            }
            name = other.needs().otherwise();
        }
        return catalogue.questions(question.guide().theme()).stream()
                .filter(other -> !other.name().equals(question.name()) && isMet(other))
                .findFirst()
                .orElse(null);
    }

    private List<String> missingFields(Needs needs) {
        Table table = table(needs.table());
        if (table != null && table.source() instanceof Table.View) {
            return List.of(); // its SQL says which columns it has
        }
        Set<String> held = new HashSet<>();
        if (table != null) {
            for (TableColumn column : table.columns()) {
                boolean isHeld =
                        !column.isHidden() || !(column.origin() instanceof TableColumn.Stored);
                if (isHeld) {
                    held.add(column.name());
                }
            }
        }
        List<String> missing = new ArrayList<>(needs.fields());
        missing.removeAll(held);
        return missing;
    }

    private List<String> missingContext(Needs needs) {
        return needs.context().stream().filter(name -> !isThere(name)).toList();
    }

    private boolean isThere(String name) {
        ContextTable context = ContextTable.named(name);
        return context == null ? table(name) != null : store.context(context) != null;
    }

    private @Nullable Table table(String name) {
        return store.table(List.of(name.split("\\.", -1)));
    }

    /// `the fields a, b and c`.
    private static String counted(List<String> names, String one, String several) {
        if (names.size() == 1) {
            return one + names.getFirst();
        }
        return several
                + String.join(", ", names.subList(0, names.size() - 1))
                + " and "
                + names.getLast();
    }
}
