// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import weir.query.fault.QueryException;

class SqlParserTest {
    @Test
    void semicolonsSeparateStatementsAndBlanksAroundThemGo() {
        assertEquals(
                List.of("SELECT 1", "SELECT\n2"), SqlParser.split(" SELECT 1 ;\n SELECT\n2 ; "));
    }

    @Test
    void emptyStatementsAndLoneCommentsDoNotCount() {
        assertEquals(List.of(), SqlParser.split(""));
        assertEquals(List.of("SELECT 1"), SqlParser.split(";; -- a; b\n /* ; */ ; SELECT 1;;"));
    }

    @Test
    void semicolonsInQuotesAndCommentsSeparateNothing() {
        assertEquals(
                List.of("SELECT 'a;''b;', \"x;\"\"y\" -- ; no\n, /* ; */ 1", "SELECT 2"),
                SqlParser.split("SELECT 'a;''b;', \"x;\"\"y\" -- ; no\n, /* ; */ 1; SELECT 2"));
    }

    @Test
    void anOpenQuoteOrCommentRunsToTheEnd() {
        assertEquals(List.of("SELECT 'a; SELECT 2"), SqlParser.split("SELECT 'a; SELECT 2"));
        assertEquals(List.of("SELECT 1"), SqlParser.split("SELECT 1 /* ; SELECT 2"));
    }

    @Test
    void commentsInsideOfAStatementStayAndThoseAroundItGo() {
        assertEquals(
                List.of("SELECT /* one */ 1"),
                SqlParser.split("-- first\nSELECT /* one */ 1 -- last\n;"));
    }

    @Test
    void namesOfHundredsOfPartsAreRefusedWithTheirPlace() {
        for (String part : List.of("a.", "a . ", "\"b.c\".", "a/* x */.")) {
            QueryException failure =
                    assertThrows(
                            QueryException.class,
                            () -> SqlParser.parse("SELECT\n " + part.repeat(101) + "z"));
            assertEquals(
                    "a name has more than 100 parts with dots between them", failure.getMessage());
            assertEquals(2, failure.line());
        }
    }

    @Test
    void manyShortNamesAreNoLongOne() {
        SqlParser.parse("SELECT " + "a.b, ".repeat(300) + "'x.y' || " + "1.5 + ".repeat(200) + "1");
        SqlParser.parse("SELECT 1 FROM a.b " + "CROSS JOIN c.d ".repeat(150));
        SqlParser.parse("SELECT " + "a.".repeat(50) + "b, " + "a.".repeat(60) + "b");
    }
}
