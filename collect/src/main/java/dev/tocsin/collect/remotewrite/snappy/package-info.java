/// Snappy's block format, decoding only.
@NullMarked
package dev.tocsin.collect.remotewrite.snappy;

import org.jspecify.annotations.NullMarked;
