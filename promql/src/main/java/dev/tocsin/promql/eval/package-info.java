/// Evaluates queries: the tree becomes a tree of nodes, which answer time by time. The semantics
/// are those of Prometheus 3.14.
@NullMarked
package dev.tocsin.promql.eval;

import org.jspecify.annotations.NullMarked;
