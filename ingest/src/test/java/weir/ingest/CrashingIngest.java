// SPDX-License-Identifier: Apache-2.0
package weir.ingest;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import weir.engine.Store;
import weir.engine.memory.FileLayer;
import weir.ingest.pipeline.IngestRun;
import weir.ingest.pipeline.RunOptions;
import weir.ingest.record.FlowFormat;
import weir.ingest.source.InputFinder;

/// Collects logs in a process of its own, which somebody kills, or which kills itself before a
/// chosen operation on files. It prints the operations that took place.
public final class CrashingIngest {
    private final PrintStream out;
    private final int killAt;
    private int begun;

    private CrashingIngest(PrintStream out, int killAt) {
        this.out = out;
        this.killAt = killAt;
    }

    /// Runs with the store, the logs, and the number of the operation to die before, from 0; -1 for
    /// none.
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out));
        FileLayer files = new CrashingIngest(out, Integer.parseInt(arguments[2])).layer();
        ingest(Path.of(arguments[0]), Path.of(arguments[1]), files);
        out.print("done" + "\n");
    }

    /// Collects with sizes that make a commit of every file or two.
    static void ingest(Path store, Path logs, FileLayer files) {
        try (Store open = Store.openOrCreate(store, files)) {
            IngestRun.run(
                    open,
                    InputFinder.find(List.of(logs.toString())),
                    RunOptions.of(FlowFormat.DEFAULT, 2).withSizes(2_000, 60_000, 500),
                    (_, _, _, _) -> {});
        }
    }

    /// The words that start it in a JVM like this one.
    static List<String> command(Path store, Path logs, int killAt) {
        return new ArrayList<>(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingIngest.class.getName(),
                        store.toString(),
                        logs.toString(),
                        Integer.toString(killAt)));
    }

    private FileLayer layer() {
        return proxy(
                FileLayer.class,
                (_, method, arguments) -> {
                    Path file = (Path) arguments[arguments.length - 1];
                    Object result = call(FileLayer.SYSTEM, method, arguments, file);
                    return result instanceof FileLayer.Output output
                            ? output(output, file)
                            : result;
                });
    }

    private FileLayer.Output output(FileLayer.Output real, Path file) {
        return proxy(
                FileLayer.Output.class,
                (_, method, arguments) -> call(real, method, arguments, file));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /// One operation at a time, so that none takes place while the process kills itself.
    private synchronized Object call(Object real, Method method, Object[] arguments, Path file)
            throws Throwable {
        String operation = method.getName() + " " + file.getFileName();
        if (begun++ == killAt) {
            out.print("killed before " + operation + "\n");
            killMyself();
        }
        try {
            Object result = method.invoke(real, arguments);
            out.print(operation + "\n");
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void killMyself() throws IOException, InterruptedException {
        String kill = "kill -9 " + ProcessHandle.current().pid();
        new ProcessBuilder("sh", "-c", kill).start().waitFor();
        Thread.currentThread().join(); // until the signal is here
    }
}
