// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Every function of the library by name. Immutable, but for what its functions ask of the tables
/// at hand.
public final class FunctionLibrary {
    private static final FunctionLibrary INSTANCE = new FunctionLibrary(StoreFacts.NONE);

    private final Map<String, List<Definition>> definitions = new LinkedHashMap<>();

    private FunctionLibrary(StoreFacts facts) {
        add(TextFunctions.definitions());
        add(PatternFunctions.definitions());
        add(NumberFunctions.definitions());
        add(VectorFunctions.definitions());
        add(BitFunctions.definitions());
        add(TimeFunctions.definitions());
        add(AddressFunctions.definitions());
        add(FlowFunctions.definitions());
        add(OtherFunctions.definitions());
        add(BinaryFunctions.definitions());
        add(UrlFunctions.definitions());
        add(SplitFunctions.definitions());
        add(NetworkFunctions.definitions());
        add(StoreFunctions.definitions(facts));
    }

    private FunctionLibrary(FunctionLibrary other, StoreFacts facts) {
        definitions.putAll(other.definitions);
        List<Definition> ofStore = StoreFunctions.definitions(facts);
        ofStore.forEach(definition -> definitions.remove(definition.name()));
        add(ofStore);
    }

    private void add(List<Definition> list) {
        for (Definition definition : list) {
            definitions.computeIfAbsent(definition.name(), _ -> new ArrayList<>()).add(definition);
        }
    }

    /// The library over no tables: what there is to know about functions.
    public static FunctionLibrary instance() {
        return INSTANCE;
    }

    /// The library for a statement over tables of which `facts` are known.
    public static FunctionLibrary over(StoreFacts facts) {
        return new FunctionLibrary(INSTANCE, facts);
    }

    /// The overloads of `name`, in any case; none when there is no such function.
    public List<Definition> named(String name) {
        return definitions.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /// Every overload.
    public List<Definition> all() {
        return definitions.values().stream().flatMap(List::stream).toList();
    }
}
