/// An engine with many series and alerts, frozen and written.
@NullMarked
package dev.tocsin.bench.checkpoint;

import org.jspecify.annotations.NullMarked;
