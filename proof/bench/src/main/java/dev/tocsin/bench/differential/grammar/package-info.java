/// Generated queries: every function, operator, aggregation and modifier, typed so that most of
/// them are valid and have a result.
@NullMarked
package dev.tocsin.bench.differential.grammar;

import org.jspecify.annotations.NullMarked;
