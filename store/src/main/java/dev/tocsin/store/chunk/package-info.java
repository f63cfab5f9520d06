/// Compressed chunks of samples in large shared blocks, the oldest dropped first.
@NullMarked
package dev.tocsin.store.chunk;

import org.jspecify.annotations.NullMarked;
