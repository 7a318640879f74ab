// SPDX-License-Identifier: Apache-2.0
package weir.query.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
    /// 2026-11-27 22:40:00 UTC.
    private static final long NEWEST = 1_795_819_200L;

    private static final String HEAD =
            """
            -- title: Ours
            -- theme: ours
            -- question: Which?
            -- means: Something that
            --   goes on.
            -- not: Anything.
            -- mitre: T1046 T1110.001
            -- fields: start srcaddr tcp_flags?
            -- context: subnets? vpcs
            -- else: others
            """;

    private static Question question(String parameters, String sql) {
        return QuestionFile.parse("ours", "ours.sql", HEAD + parameters + sql);
    }

    private static String literal(String type, String text) {
        Question question = question("-- param: v " + type + " | a value\n", "SELECT :v");
        return question.sql(Map.of("v", text), () -> NEWEST).substring("SELECT ".length());
    }

    @Test
    void aFileIsReadWhole() {
        Question question =
                question("-- param: n bigint = 3 | so many\n", "\nSELECT start LIMIT :n\n");
        assertEquals(
                new Guide(
                        "Ours",
                        "ours",
                        "Which?",
                        "Something that goes on.",
                        "Anything.",
                        List.of("T1046", "T1110.001")),
                question.guide());
        assertEquals(
                new Needs(
                        "vpc_flow_logs",
                        List.of("start", "srcaddr"),
                        List.of("tcp_flags"),
                        List.of("vpcs"),
                        List.of("subnets"),
                        "others"),
                question.needs());
        assertEquals(
                List.of(new Parameter("n", ParameterType.BIGINT, "3", "so many")),
                question.parameters());
        assertEquals("SELECT start LIMIT 3", question.sql(Map.of(), () -> NEWEST));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bigint    | 22                       | 22",
                "bigint    | -5                       | (-5)",
                "double    | 0.5                      | DOUBLE '0.5'",
                "double    | 1e3                      | DOUBLE '1e3'",
                "varchar   | it's; DROP TABLE x --    | 'it''s; DROP TABLE x --'",
                "varchar   | ``                       | ''",
                "cidr      | 10.0.0.0/8               | '10.0.0.0/8'",
                "cidr      | 2600:1f00::/24           | '2600:1f00::/24'",
                "cidr      | 10.0.0.1                 | '10.0.0.1/32'",
                "cidrs     | 10.0.0.0/8, 2001:DB8::1  | '10.0.0.0/8,2001:DB8::1'",
                "ipaddress | 10.0.0.1                 | '10.0.0.1'",
                "ipaddress | 2001:DB8:0:0:0:0:0:1     | '2001:db8::1'",
                "bigints   | 22                       | 22",
                "bigints   | 22, 3389,-1              | 22, 3389, (-1)",
                "boolean   | TRUE                     | TRUE",
                "boolean   | no                       | FALSE",
                "timestamp | all                      | 0",
                "timestamp | -24h                     | 1795732800",
                "timestamp | -7d                      | 1795214400",
                "timestamp | 2026-11-27               | 1795737600",
                "timestamp | 2026-11-27T22:40         | 1795819200",
                "timestamp | 2026-11-27 22:40:00      | 1795819200",
                "timestamp | 2026-11-27T22:40:00Z     | 1795819200",
                "timestamp | 2026-11-27T23:40:00+01:00| 1795819200",
                "timestamp | 1795819200               | 1795819200",
            })
    void valuesAreLiteralsOfTheirTypes(String type, String text, String sql) {
        assertEquals(sql, literal(type, text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bigint    | 2x                  | a whole number, as v=20",
                "bigint    | 1 OR 1=1            | a whole number, as v=20",
                "bigint    | 9223372036854775808 | a whole number, as v=20; it has to fit 64 bits",
                "bigint    | ``                  | a whole number, as v=20",
                "double    | NaN                 | a number, as v=0.9",
                "double    | 1e999               | a number, as v=0.9",
                "double    | 0x1p3               | a number, as v=0.9",
                "cidr      | 10.0.0              | a block of addresses or an address, as v=10.0.",
                "cidr      | 10.0.0.0/33         | a block of addresses or an address, as v=10.0.",
                "cidrs     | 10.0.0.1,,10.0.0.2  | blocks of addresses and addresses with commas",
                "timestamp | 20260131            | a time: -24h or -7d (back from the newest",
                "ipaddress | 256.1.1.1           | an IPv4 or IPv6 address, as v=10.0.0.1",
                "ipaddress | example.com         | an IPv4 or IPv6 address, as v=10.0.0.1",
                "bigints   | 22,,3389            | whole numbers with commas between them, as v=22",
                "bigints   | 22) OR (1=1         | whole numbers with commas between them, as v=22",
                "boolean   | 1                   | true or false, as v=true",
                "timestamp | yesterday           | a time: -24h or -7d (back from the newest",
                "timestamp | 2026-13-01          | a time: -24h or -7d (back from the newest",
                "timestamp | -24x                | a time: -24h or -7d (back from the newest",
            })
    void otherValuesAreRefusedWithAnExample(String type, String text, String expected) {
        AskException failure = assertThrows(AskException.class, () -> literal(type, text));
        assertTrue(
                String.valueOf(failure.getMessage())
                        .startsWith("v=" + text + ": expected " + expected),
                failure.getMessage());
    }

    @Test
    void allIsUnboundedOnBothSides() {
        Question question =
                question(
                        """
                        -- param: from timestamp = all | since
                        -- param: to timestamp = all | until
                        """,
                        "SELECT :from, :to");
        assertEquals("SELECT 0, 253402300800", question.sql(Map.of(), () -> NEWEST));
    }

    @Test
    void namesInTextsAndCommentsAreLeftAlone() {
        Question question =
                question(
                        "-- param: n bigint = 3 | so many\n",
                        "SELECT ':n', \":n\" -- it's :n\n, /* ':n */ :n, x::n, a[:n]");
        assertEquals(
                "SELECT ':n', \":n\" -- it's :n\n, /* ':n */ 3, x::n, a[3]",
                question.sql(Map.of(), () -> NEWEST));
    }

    @Test
    void parametersThatAreNotThereAndValuesThatAreMissingAreNamed() {
        Question question = question("-- param: host ipaddress | the host\n", "SELECT :host");
        assertEquals(
                "ours has no parameter 'hots'; did you mean host?",
                message(question, Map.of("hots", "10.0.0.1")));
        assertEquals(
                "ours has no parameter 'quux'; it has host",
                message(question, Map.of("quux", "10.0.0.1")));
        assertEquals(
                "ours needs a value for host, the host: host=10.0.0.1",
                message(question, Map.of()));
        assertEquals(
                "ours has no parameters, and 'n' is given",
                message(question("", "SELECT 1"), Map.of("n", "1")));
    }

    private static String message(Question question, Map<String, String> values) {
        return String.valueOf(
                assertThrows(AskException.class, () -> question.sql(values, () -> NEWEST))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- titel: x\nSELECT 1|ours.sql:11: there is no key 'titel'; did you mean title?",
                "-- title: x\nSELECT 1|ours.sql:11: a second 'title'",
                "--param: x\nSELECT 1|ours.sql:11: expected '-- key: value'",
                "-- param: n number = 1 \\| x\nSELECT :n|ours.sql: there is no type 'number'; types",
                "-- param: n bigint = x \\| x\nSELECT :n|ours.sql: the default n=x: expected a whole",
                "-- param: n bigint = 1\nSELECT :n|ours.sql: expected '-- param: name type = ",
                "-- param: n bigint = 1 \\| x\nSELECT 1|ours.sql: the SQL does not use the",
                "SELECT :n|ours.sql: the SQL has ':n', and there is no such 'param'",
                "\n|ours.sql: there is no SQL below",
            })
    void filesThatAreNoQuestionsAreRefusedWithThePlace(String textAndMessage) {
        String[] parts = textAndMessage.split("(?<!\\\\)\\|", 2);
        AskException failure =
                assertThrows(AskException.class, () -> question("", parts[0].replace("\\|", "|")));
        assertTrue(String.valueOf(failure.getMessage()).startsWith(parts[1]), failure.getMessage());
    }

    @Test
    void namesAreChecked() {
        assertThrows(
                AskException.class, () -> QuestionFile.parse("Ours_1", "x", HEAD + "SELECT 1"));
    }
}
