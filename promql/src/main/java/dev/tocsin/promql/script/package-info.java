/// Scripts in the language of Prometheus's promqltest: parsed, run against series in memory, and
/// judged. Nothing is read or printed here.
@NullMarked
package dev.tocsin.promql.script;

import org.jspecify.annotations.NullMarked;
