/// How fast samples are taken: prepared bodies of remote write on a few connections, flat out, to
/// programs side by side.
@NullMarked
package dev.tocsin.bench.ingest;

import org.jspecify.annotations.NullMarked;
