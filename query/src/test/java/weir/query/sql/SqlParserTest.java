// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

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
}
