// SPDX-License-Identifier: Apache-2.0
package weir.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import weir.engine.memory.FileLayer;

/// Files of a process that is killed at the n-th change of its directory: that change and all later
/// ones do not happen.
final class KilledFiles {
    private static final Set<String> CHANGES =
            Set.of("create", "rename", "delete", "forceDirectory", "makeDirectory");

    private final AtomicInteger left;

    KilledFiles(int changes) {
        this.left = new AtomicInteger(changes);
    }

    /// What ends whoever uses the files.
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    FileLayer files() {
        return (FileLayer)
                Proxy.newProxyInstance(
                        FileLayer.class.getClassLoader(),
                        new Class<?>[] {FileLayer.class},
                        (_, method, arguments) -> {
                            if (CHANGES.contains(method.getName()) && left.getAndDecrement() <= 0) {
                                throw new Killed();
                            }
                            try {
                                return method.invoke(FileLayer.SYSTEM, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
