/// Remembers every series and its samples, within stated bounds: label sets, an index over them,
/// raw windows of the newest samples, compressed chunks of the older ones.
@NullMarked
package dev.tocsin.store;

import org.jspecify.annotations.NullMarked;
