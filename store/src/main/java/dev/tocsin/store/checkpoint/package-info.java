/// Bytes in frames with a checksum each: how a checkpoint of the store is written and read.
@NullMarked
package dev.tocsin.store.checkpoint;

import org.jspecify.annotations.NullMarked;
