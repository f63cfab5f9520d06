/// From the text of a query to its checked tree: lexer, parser, type checks, and the registry of
/// functions. Grammar and wording of errors are Prometheus 3.14's.
@NullMarked
package dev.tocsin.promql.parse;

import org.jspecify.annotations.NullMarked;
