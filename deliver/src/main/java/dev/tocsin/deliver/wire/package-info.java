/// Bytes as they go over the wire: protobuf and snappy.
@NullMarked
package dev.tocsin.deliver.wire;

import org.jspecify.annotations.NullMarked;
