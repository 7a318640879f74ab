// SPDX-License-Identifier: Apache-2.0
/// The catalogue of named questions: SQL that is kept in files, with a guide to what its answer
/// means, and parameters with types and defaults.
///
/// A question is a file `NAME.sql`: lines `-- key: value`, which [weir.query.ask.QuestionFile]
/// reads, and below them one SELECT in which `:name` stands for the value of a parameter.
///
/// **Rule:** a question is text in and text out: it makes SQL, and others run it. Every value gets
/// into SQL as a literal of its parameter's type, never as it was typed.
@NullMarked
package weir.query.ask;

import org.jspecify.annotations.NullMarked;
