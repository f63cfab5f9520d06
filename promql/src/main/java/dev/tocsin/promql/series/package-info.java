/// The notation that describes a series and its samples, `up{job="a"} 1 0+10x5 _ stale`, as scripts
/// and unit tests of rules use it. Pure text: no time, no files.
@NullMarked
package dev.tocsin.promql.series;

import org.jspecify.annotations.NullMarked;
