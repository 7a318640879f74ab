// SPDX-License-Identifier: Apache-2.0
package weir.engine.memory;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files of the operating system, one operation of which fails, or all from one on.
public final class FailingFiles {
    private static final Set<String> NEED_SPACE =
            Set.of("create", "write", "force", "rename", "makeDirectory", "openLock");

    private final Fault fault;
    private final int failAt;
    private final List<String> operations = new ArrayList<>();
    private @Nullable String failing;
    private boolean hasFailed;

    /// How operations fail.
    public enum Fault {
        /// One does not take place, and all after it do.
        ONCE("Input/output error"),

        /// One takes place and says it did not.
        AFTERWARDS("Input/output error"),

        /// None takes place any more.
        FOR_GOOD("Input/output error"),

        /// None that needs space takes place any more.
        DISK_FULL("No space left on device"),

        /// The same, and the first one writes a part of what it is given.
        SHORT_WRITE("No space left on device");

        private final String reason;

        Fault(String reason) {
            this.reason = reason;
        }

        /// What the system says then.
        public String reason() {
            return reason;
        }
    }

    /// Files where the operation with the number `failAt` fails, counted from 0.
    public FailingFiles(Fault fault, int failAt) {
        this.fault = fault;
        this.failAt = failAt;
    }

    /// Lets the next operation of this name fail, once.
    public synchronized void failNext(String operation) {
        failing = operation;
    }

    /// What was asked for so far, as `write flows-00000001.seg.tmp`.
    public synchronized List<String> operations() {
        return List.copyOf(operations);
    }

    /// Whether any operation failed.
    public synchronized boolean hasFailed() {
        return hasFailed;
    }

    /// The files.
    public FileLayer layer() {
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
                (_, method, arguments) ->
                        method.getName().equals("close")
                                ? invoke(real, method, arguments)
                                : call(real, method, arguments, file));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private synchronized @Nullable Object call(
            Object real, Method method, Object[] arguments, Path file) throws Throwable {
        String verb = method.getName();
        int number = operations.size();
        operations.add(verb + " " + file.getFileName());
        if (operations.getLast().equals(failing)) {
            failing = null;
            number = failAt;
        }
        boolean isFaulty =
                switch (fault) {
                    case ONCE, AFTERWARDS -> number == failAt;
                    case FOR_GOOD -> number >= failAt;
                    case DISK_FULL, SHORT_WRITE -> number >= failAt && NEED_SPACE.contains(verb);
                };
        if (!isFaulty) {
            return invoke(real, method, arguments);
        }
        hasFailed = true;
        if (fault == Fault.AFTERWARDS) {
            invoke(real, method, arguments);
        } else if (fault == Fault.SHORT_WRITE && number == failAt && verb.equals("write")) {
            ByteBuffer bytes = ((ByteBuffer) arguments[0]).duplicate();
            bytes.limit(bytes.position() + bytes.remaining() / 2);
            invoke(real, method, new Object[] {bytes});
        }
        throw verb.equals("write") || verb.equals("force")
                ? new IOException(fault.reason)
                : new FileSystemException(file.toString(), null, fault.reason);
    }

    private static @Nullable Object invoke(Object real, Method method, Object[] arguments)
            throws Throwable {
        if (method.getName().startsWith("force")) {
            return null; // the power stays, and forcing takes its time
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
