// SPDX-License-Identifier: Apache-2.0
package weir.query.sql;

import java.util.List;
import java.util.Objects;
import weir.query.catalog.TableColumn.PathPart;
import weir.query.expr.Expr;
import weir.query.function.FunctionLibrary;
import weir.query.type.BasicType;

/// What the path of a file that AWS delivered says: its name `{account}_vpcflowlogs_{region}_{flow
/// log}_{yyyyMMdd}T{HHmm}Z_...` first, then its folders, plain
/// `.../{account}/vpcflowlogs/{region}/{yyyy}/{MM}/{dd}/` or those that Hive understands,
/// `.../aws-account-id={account}/aws-service=vpcflowlogs/aws-region={region}/year={yyyy}/...`.
/// Transit gateways are no different.
final class DeliveredPath {
    private static final String ACCOUNT = "([0-9]{12})";
    private static final String REGION = "([a-z]{2}[-a-z]*-[0-9]+)";
    private static final String FLOW_LOG = "(fl-[0-9a-z]+)";
    private static final String FOLDER = "(?:^|/)";
    private static final String NAME =
            ACCOUNT + "_vpcflowlogs_" + REGION + "_" + FLOW_LOG + "_[^/]*$";
    private static final String NAME_STAMP =
            "[0-9]{12}_vpcflowlogs_[^/_]+_fl-[0-9a-z]+_([0-9]{8})T[0-9]{4}Z[^/]*$";
    private static final String DAY = "([0-9]{4}/[0-9]{2}/[0-9]{2})/";
    private static final String HIVE_DAY = "(year=[0-9]{4}/month=[0-9]{2}/day=[0-9]{2})/";

    private DeliveredPath() {}

    /// The part of `path`; NULL where it says nothing of it.
    static Expr part(PathPart part, Expr path) {
        return switch (part) {
            case ACCOUNT ->
                    first(
                            extract(path, NAME, 1),
                            extract(
                                    path,
                                    FOLDER
                                            + "(?:aws-account-id=)?"
                                            + ACCOUNT
                                            + "/(?:aws-service=)?vpcflowlogs/",
                                    1));
            case REGION ->
                    first(
                            extract(path, NAME, 2),
                            extract(
                                    path,
                                    FOLDER + "(?:vpcflowlogs/|aws-region=)" + REGION + "/",
                                    1));
            case FLOW_LOG_ID ->
                    first(extract(path, NAME, 3), extract(path, FOLDER + FLOW_LOG + "/", 1));
            case DATE ->
                    first(
                            day(extract(path, NAME_STAMP, 1), "%Y%m%d"),
                            day(extract(path, FOLDER + "vpcflowlogs/[^/]+/" + DAY, 1), "%Y/%m/%d"),
                            day(extract(path, FOLDER + HIVE_DAY, 1), "year=%Y/month=%m/day=%d"));
        };
    }

    private static Expr first(Expr... arguments) {
        return new Expr.Coalesce(List.of(arguments), arguments[0].type());
    }

    private static Expr extract(Expr path, String pattern, long group) {
        return call(
                "regexp_extract",
                path,
                new Expr.Literal(BasicType.VARCHAR, pattern),
                new Expr.Literal(BasicType.BIGINT, group));
    }

    /// The day that `text` says; NULL where there is no such day.
    private static Expr day(Expr text, String format) {
        Expr time = call("date_parse", text, new Expr.Literal(BasicType.VARCHAR, format));
        return new Expr.Try(new Expr.Cast(time, BasicType.DATE, false));
    }

    private static Expr call(String name, Expr... arguments) {
        Expr call = LibraryBinder.call(FunctionLibrary.instance().named(name), List.of(arguments));
        return Objects.requireNonNull(call, name);
    }
}
