/// Remote write 1.0 and 2.0 from scratch: protobuf, snappy and a sender.
@NullMarked
package dev.tocsin.bench.remotewrite;

import org.jspecify.annotations.NullMarked;
