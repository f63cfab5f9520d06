/// Says cheaply that a condition cannot be true, and until when.
///
/// After each transaction the overlay asks of every partition touched: may the condition hold now?
/// A [dev.tocsin.engine.incremental.ConditionPlan] looks at it in interval arithmetic. Every node
/// says of each element whether it is there (no, maybe, yes) and between which numbers its value
/// lies, *at all times of a span*. If nothing can be left of the condition in the span, the answer
/// is no until its end, and the evaluator is not asked. The spans tried, until one is proven:
///
/// 1. for ever: what can still happen when no sample arrives is that samples leave windows;
/// 2. a quarter of the shortest range: few samples leave, so the bounds are closer;
/// 3. until the next sample leaves or grows too old: windows stay the same, and only functions of
///    time move;
/// 4. now; and from there, halving, until shortly before it cannot be proven any more.
///
/// At one moment nearly every value is a point, equal to the evaluator's to the last bit, because
/// it is made by the same functions in the same order. The order of a sum is not known where the
/// groups under it are met in an order that depends on who is there; then the sum is widened by its
/// rounding errors. Labels matter only when the members of a partition are new: they become numbers
/// then (`Topology`), which partitions that look alike share. Where labels may clash, so that the
/// evaluator may fail, nothing is proven.
///
/// | function | state | cost of a look | at one moment | over a span |
/// |---|---|---|---|---|
/// | instant selector, `timestamp` | none | 1 | exact | exact; may be absent once too old |
/// | `rate` `increase` | none; sketch | n; 6 | exact | same samples: linear pieces, widened by 2^-48; else at most 1 + 2.2 / (n - 1) times the rise |
/// | `delta` | none | n | exact | as `rate`, of the differences of the extremes |
/// | `irate` `idelta` | none | n | exact | of the last two samples that can be last |
/// | `resets` `changes` | none; sketch | n; 6 | exact | between those for sure and all |
/// | `count` `present` `absent` `first` `last` `_over_time` | none; sketch of counts | n; 6 | exact | of the samples that can be in the window |
/// | `min` `max` `_over_time` | none; sketch | n; 6 | exact | between the samples there for sure and all |
/// | `sum` `avg` `stddev` `stdvar` `_over_time` | none; sketch | n; 6 | exact | sums of both signs; between the extremes; half the span of the values |
/// | `quantile_over_time` | none | n log n | exact | between the extremes |
/// | `deriv` `predict_linear` | none | n | exact | same samples: constant, or linear with a crude error; else only level lines |
/// | `mad_over_time` and the like | none | n | exact | same samples: exact; else nothing |
/// | operators, functions of a number | none | 1 | exact | ends of intervals; rounding is monotone |
/// | `and` `or` `unless`, matching | topology | 1 | exact | by who may be there |
/// | `sum` `avg` | topology | 1 an element | exact, or a few units in the last place | ends, widened |
/// | `min` `max` `count` `group` | topology | 1 an element | exact | by who may be there |
/// | `stddev` `stdvar` `quantile`, `topk` `bottomk` | topology | 1 an element | exact; any may be taken | half the span; between the extremes |
/// | `histogram_quantile`, classic | topology | buckets | exact | in which buckets it can fall |
/// | calendar | none | 1 | exact | constant within a minute, an hour, a day |
/// | subqueries, `@`, `anchored`, `smoothed`, `fill`, native histograms, `count_values`, `limitk`, `info` | | | no plan: the evaluator | |
///
/// A window of up to 64 samples is read again at each look through the store's lent arrays: that is
/// one pass, about a nanosecond a sample, and nothing kept beside the samples could be cheaper by
/// much. Of a longer one a `Sketch` is kept, six blocks whatever its length, which says between
/// what the value lies; only where that does not suffice the window is read.
@NullMarked
package dev.tocsin.engine.incremental;

import org.jspecify.annotations.NullMarked;
