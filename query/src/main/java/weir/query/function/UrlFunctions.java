// SPDX-License-Identifier: Apache-2.0
package weir.query.function;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Functions on URLs. A text that is no URL gives NULL, a part that is not there an empty text.
final class UrlFunctions {
    private UrlFunctions() {}

    static List<Definition> definitions() {
        Definitions urls = new Definitions(Definition.Kind.URL);
        part(urls, "protocol", URI::getScheme);
        part(urls, "host", URI::getHost);
        part(urls, "path", URI::getPath);
        part(urls, "query", URI::getQuery);
        part(urls, "fragment", URI::getFragment);
        urls.define("url_extract_port", "varchar", "bigint", "The port of a URL; NULL without one")
                .total()
                .is(a -> {
                    URI uri = parse(Args.text(a, 0));
                    return uri == null || uri.getPort() < 0 ? null : (Object) (long) uri.getPort();
                });
        urls.define(
                        "url_extract_parameter",
                        "varchar, varchar",
                        "varchar",
                        "The first value of a parameter in the query of a URL")
                .is(a -> parameter(Args.text(a, 0), Args.text(a, 1)));
        urls.define("url_encode", "varchar", "varchar", "Escaped for a query of a URL")
                .total()
                .is(a -> encode(Args.text(a, 0)));
        urls.define("url_decode", "varchar", "varchar", "What url_encode escaped")
                .is(a -> decode(Args.text(a, 0)));
        return urls.list();
    }

    private static void part(
            Definitions urls, String part, Function<URI, @Nullable String> extract) {
        urls.define("url_extract_" + part, "varchar", "varchar", "The " + part + " of a URL")
                .total()
                .is(a -> {
                    URI uri = parse(Args.text(a, 0));
                    return uri == null ? null : Objects.requireNonNullElse(extract.apply(uri), "");
                });
    }

    private static @Nullable URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException _) {
            return null;
        }
    }

    private static @Nullable String parameter(String url, String name) {
        URI uri = parse(url);
        String query = uri == null ? null : uri.getRawQuery();
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (key.equals(name)) {
                return equals < 0 ? "" : decode(pair.substring(equals + 1));
            }
        }
        return null;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Args.invalid(String.valueOf(e.getMessage()), e);
        }
    }
}
