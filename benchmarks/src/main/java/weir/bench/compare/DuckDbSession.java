// SPDX-License-Identifier: Apache-2.0
package weir.bench.compare;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// DuckDB as a process that stays: it is asked one statement after the other.
final class DuckDbSession implements AutoCloseable {
    /// Behind each answer; no row of a flow log.
    static final String END = "-- end";

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    /// What goes wrong there is printed on this process's standard error.
    DuckDbSession(Path database) throws IOException {
        process =
                new ProcessBuilder(DuckDbProcess.command("serve", database.toString()))
                        .redirectError(Redirect.INHERIT)
                        .start();
        questions = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Runs a statement so many times.
    ///
    /// @throws EOFException when the process ended, for it fails with a statement
    DuckDbProcess.Answer ask(String sql, int runs) throws IOException {
        questions.write(runs + " " + sql.replace('\n', ' ') + "\n");
        questions.flush();
        List<Double> millis =
                Arrays.stream(line(sql).split("\t", -1)).map(Double::parseDouble).toList();
        List<String> rows = new ArrayList<>();
        for (String row = line(sql); !row.equals(END); row = line(sql)) {
            rows.add(row);
        }
        return new DuckDbProcess.Answer(millis, rows);
    }

    private String line(String sql) throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new EOFException("DuckDB has no answer to " + sql);
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        questions.close(); // the end of its questions is the end of the process
        process.onExit().join();
    }
}
