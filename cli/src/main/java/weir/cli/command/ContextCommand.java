// SPDX-License-Identifier: Apache-2.0
package weir.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import weir.cli.output.Visible;
import weir.cli.report.ContextReport;
import weir.cli.report.Quantity;
import weir.cli.terminal.Terminal;
import weir.engine.Snapshot;
import weir.engine.Store;
import weir.query.QueryEngine;
import weir.query.catalog.Catalog;
import weir.query.catalog.ContextTable;
import weir.query.catalog.Table;
import weir.query.fault.NearWords;
import weir.query.fault.QueryException;
import weir.query.lookup.ContextFiles;
import weir.query.lookup.LookupException;

/// `weir context`.
@Command(
        name = "context",
        description = {
            "Keep files in the store that say who is behind addresses and interfaces.",
            "weir context add FILE... takes CSV of subnets, AWS's ip-ranges.json and what aws ec2"
                    + " describe-network-interfaces, -subnets, -vpcs, -security-groups,"
                    + " -vpc-endpoints and -vpc-peering-connections print; weir context list says"
                    + " what there is; weir context remove TABLE... takes it away."
        })
final class ContextCommand implements Callable<Integer> {
    private final Terminal terminal;

    @ParentCommand private @Nullable WeirCommand weir;

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "add|list|remove",
            description =
                    "What to do, and with which files or tables. A table that is added takes the"
                            + " place of the one before; files of one kind are one table. Default:"
                            + " list.")
    private List<String> words = new ArrayList<>();

    @Mixin private ResultOptions result = new ResultOptions();

    ContextCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<String> behind = words.isEmpty() ? List.of() : words.subList(1, words.size());
        switch (words.isEmpty() ? "list" : words.getFirst()) {
            case "add" -> add(behind);
            case "list" -> list(behind);
            case "remove" -> remove(behind);
            default ->
                    throw usage(
                            "expected add, list or remove, not '"
                                    + Visible.text(words.getFirst())
                                    + "'");
        }
        return ExitCode.DONE;
    }

    private WeirCommand program() {
        return Objects.requireNonNull(weir, "weir");
    }

    private void add(List<String> files) {
        if (files.isEmpty()) {
            throw usage("weir context add names no file");
        }
        List<Table> tables;
        try {
            tables = ContextFiles.read(files.stream().map(Path::of).toList());
        } catch (LookupException e) {
            throw new CommandFailure(Visible.text(String.valueOf(e.getMessage())), e);
        }
        try (Store store = Store.openOrCreate(program().store())) {
            new QueryEngine(store).addContext(tables);
        } catch (QueryException e) {
            throw new CommandFailure(Visible.text(String.valueOf(e.getMessage())), e);
        }
        for (Table table : tables) {
            int rows = ((Table.Rows) table.source()).rows().size();
            terminal.say(table.name() + ": " + Quantity.of(rows, "row"));
        }
    }

    private void list(List<String> more) {
        if (!more.isEmpty()) {
            throw usage("weir context list takes no more words");
        }
        try (OpenedStore opened = OpenedStore.existing(program(), terminal);
                Snapshot snapshot = opened.store().snapshot()) {
            ContextReport.print(snapshot, result.writer(terminal));
        }
    }

    private void remove(List<String> names) {
        if (names.isEmpty()) {
            throw usage("weir context remove names no table");
        }
        names.forEach(this::requireTable);
        try (OpenedStore opened = OpenedStore.existing(program(), terminal)) {
            requireAll(opened.store(), names);
            QueryEngine engine = new QueryEngine(opened.store());
            names.forEach(engine::removeContext);
        }
    }

    /// All or none is removed.
    private static void requireAll(Store store, List<String> names) {
        try (Snapshot snapshot = store.snapshot()) {
            Catalog catalog = Catalog.of(snapshot);
            for (String name : names) {
                ContextTable table = ContextTable.named(name);
                if (table == null || catalog.context(table) == null) {
                    throw new CommandFailure(
                            "the store has no table " + name + "; nothing was removed");
                }
            }
        }
    }

    private void requireTable(String name) {
        if (ContextTable.named(name) != null) {
            return;
        }
        List<String> known =
                Arrays.stream(ContextTable.values()).map(ContextTable::tableName).toList();
        List<String> near = NearWords.of(name, known);
        throw usage(
                "'"
                        + Visible.text(name)
                        + "' is no table of context; "
                        + (near.isEmpty()
                                ? "they are " + String.join(", ", known)
                                : "did you mean " + String.join(" or ", near) + "?"));
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec, "spec").commandLine(), message);
    }
}
